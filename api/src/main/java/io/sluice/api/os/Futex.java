package io.sluice.api.os;

/**
 * Sleeping on a 32-bit word of shared memory until another thread, of this process or another, wakes it.
 *
 * <p>The word is found by the memory behind it, not by its address, so processes that map the same file at different
 * addresses meet ({@code FUTEX_WAIT} and {@code FUTEX_WAKE} without the private flag; see futex(2)). Any thread may
 * call both methods. The kernel keeps no state for a word on which nobody sleeps, and a sleeper that is killed simply
 * leaves the queue: a crash leaves nothing to repair here.
 */
public final class Futex {

    /** Why {@link #wait(long, int, long)} returned. */
    public enum Wakeup {
        /** Another thread called {@link Futex#wake}, or the kernel woke the sleeper for no reason: look again. */
        WOKEN,
        /** The word did not hold the expected value, so the caller never slept. */
        VALUE_CHANGED,
        /** The time passed. */
        TIMED_OUT,
        /** A signal was handled by this thread. It says nothing about {@link Thread#interrupt()}. */
        INTERRUPTED
    }

    private static final int SYS_FUTEX = NativeLinux.perProcessor(202, 98);
    private static final int FUTEX_WAIT = 0;
    private static final int FUTEX_WAKE = 1;
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    private Futex() {}

    /**
     * Sleeps while the word at {@code address} holds {@code expected}, at most for the given time.
     *
     * <p>The kernel compares and enqueues in one step with respect to {@link #wake}: a waker that changes the word
     * before it wakes cannot be missed. The call is a system call of about a microsecond even if it does not sleep, and
     * does not allocate after a thread's first call. A virtual thread keeps its carrier while it sleeps. Interrupting
     * the thread does not end the sleep: callers sleep in slices and look at the interrupt flag between them.
     *
     * @param address the mapped address of the word, a multiple of 4
     * @param expected the value on which to sleep
     * @param timeoutNanos the longest sleep in nanoseconds, not negative
     * @return why the call returned
     * @throws IllegalArgumentException if the address is not aligned or the time is negative
     * @throws NativeCallException if the address is not mapped
     * @throws UnsupportedOperationException where {@link NativeLinux#isSupported()} is false
     */
    public static Wakeup wait(long address, int expected, long timeoutNanos) {
        requireAligned(address);
        if (timeoutNanos < 0) {
            throw new IllegalArgumentException("negative timeout: " + timeoutNanos + " ns");
        }
        NativeLinux.require();
        ThreadScratch scratch = ThreadScratch.ofThisThread();
        // struct timespec: seconds, nanoseconds
        scratch.bytes().putLong(0, timeoutNanos / NANOS_PER_SECOND).putLong(8, timeoutNanos % NANOS_PER_SECOND);
        if (LibC.syscall(SYS_FUTEX, address, FUTEX_WAIT, expected, scratch.address(), 0, 0) == 0) {
            return Wakeup.WOKEN;
        }
        int errno = LibC.errno();
        return switch (errno) {
            case Errno.EAGAIN -> Wakeup.VALUE_CHANGED;
            case Errno.ETIMEDOUT -> Wakeup.TIMED_OUT;
            case Errno.EINTR -> Wakeup.INTERRUPTED;
            default -> throw failed("futex(FUTEX_WAIT)", errno, address);
        };
    }

    /**
     * Wakes up to {@code count} threads that sleep on the word at {@code address}.
     *
     * @param address the mapped address of the word, a multiple of 4
     * @param count the greatest number of threads to wake, at least 1; {@link Integer#MAX_VALUE} wakes all
     * @return the number of threads woken, in whatever processes they are
     * @throws IllegalArgumentException if the address is not aligned or the count is not positive
     * @throws NativeCallException if the address is not mapped
     * @throws UnsupportedOperationException where {@link NativeLinux#isSupported()} is false
     */
    public static int wake(long address, int count) {
        requireAligned(address);
        if (count < 1) {
            throw new IllegalArgumentException("nothing to wake: count " + count);
        }
        NativeLinux.require();
        long woken = LibC.syscall(SYS_FUTEX, address, FUTEX_WAKE, count, 0, 0, 0);
        if (woken < 0) {
            throw failed("futex(FUTEX_WAKE)", LibC.errno(), address);
        }
        return (int) woken;
    }

    private static void requireAligned(long address) {
        if ((address & 3) != 0 || address == 0) {
            throw new IllegalArgumentException("not the address of an aligned word: 0x" + Long.toHexString(address));
        }
    }

    private static NativeCallException failed(String call, int errno, long address) {
        return new NativeCallException(call, errno, "word at 0x" + Long.toHexString(address));
    }
}
