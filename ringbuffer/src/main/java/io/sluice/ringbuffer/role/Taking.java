package io.sluice.ringbuffer.role;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Makes a {@code take} out of a {@code poll}: waits in slices, and looks after each whether the producers live. */
public final class Taking {

    /** What a consumer is asked while it waits. */
    public interface Source {

        /** See {@link RingConsumer#poll}. */
        int poll(MessageHandler handler, int limit);

        /** Whether a poll would find a message, or the close. A read without side effects on shared memory. */
        boolean isReadable();

        /** Whether nobody lives who could send anything, somebody died, and nothing is left; costs system calls. */
        boolean isAbandoned();
    }

    private final RegionMemory memory;
    private final WakeWord data;
    private final WaitStrategy strategy;
    private final Source source;
    private final BooleanSupplier isReadable;

    /** A wait for {@code source}, whose producers wake the sleepers of {@code data}. */
    public Taking(RegionMemory memory, WakeWord data, WaitStrategy strategy, Source source) {
        this.memory = memory;
        this.data = data;
        this.strategy = strategy;
        this.source = source;
        this.isReadable = source::isReadable;
    }

    /** See {@link RingConsumer#take(MessageHandler, int, Duration)}. */
    public int take(MessageHandler handler, int limit, Duration timeout) throws InterruptedException {
        int result = source.poll(handler, limit);
        if (result != RingConsumer.EMPTY) {
            return result;
        }
        long deadline = Deadline.after(memory, timeout);
        WaitStrategy by = strategy;
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            long left = Deadline.nanosLeft(memory, deadline);
            if (by.await(data, isReadable, Math.max(0, Math.min(left, WaitStrategy.SLICE_NANOS)))) {
                result = source.poll(handler, limit);
                if (result != RingConsumer.EMPTY) {
                    return result;
                }
            }
            by = strategy.resumed();
            if (left <= 0) {
                return RingConsumer.EMPTY;
            }
            if (source.isAbandoned()) {
                return RingConsumer.PEER_DEAD;
            }
        }
    }
}
