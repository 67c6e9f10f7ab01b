package io.sluice.api.waiting;

import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.spi.AbstractInterruptibleChannel;
import java.util.function.BooleanSupplier;

/**
 * Wakes a thread that sleeps on a wake word when it is interrupted, which the kernel's sleep does not notice: what a blocking
 * channel is to its reader, closed by an interrupt, but with a wake-up in place of the closing. {@link Thread#interrupt}
 * sets the flag first and closes then, so it is as with any wake-up: who announces its sleep and looks at the flag afterwards
 * misses neither.
 *
 * <p>Belongs to one waiting thread. Good for one interrupt: see {@link #isOpen()}.
 */
final class InterruptHint extends AbstractInterruptibleChannel {

    private final WakeWord wake;

    /** A hint for a thread that sleeps on {@code wake}. */
    InterruptHint(WakeWord wake) {
        this.wake = wake;
    }

    /** Waits by {@code strategy}, which an interrupt ends if it is asleep then. */
    boolean await(WaitStrategy strategy, BooleanSupplier condition, long nanos) {
        begin();
        try {
            return strategy.await(wake, condition, nanos);
        } finally {
            try {
                end(true);
            } catch (AsynchronousCloseException interrupted) {
                // The thread's flag says so.
            }
        }
    }

    /** Runs in the thread that interrupts. */
    @Override
    protected void implCloseChannel() {
        try {
            wake.wakeInAnyCase();
        } catch (RuntimeException | Error e) {
            // No business of whoever interrupts. The memory was detached, and nobody sleeps here any more; or the
            // sleeper meets the same after its slice.
        }
    }
}
