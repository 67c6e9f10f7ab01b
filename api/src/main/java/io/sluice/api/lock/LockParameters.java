package io.sluice.api.lock;

import io.sluice.api.lock.LockSpec.Fairness;

/** What each kind of lock lets a specification say: anything else would be ignored, and is refused. */
final class LockParameters {

    private LockParameters() {}

    /** Checks what is said; {@link LockSpec#ANY} and {@link Fairness#ANY} say nothing. */
    static void check(LockKind kind, String name, int count, int maximum, Fairness fairness) {
        if (count != LockSpec.ANY) {
            counted(kind, name, count);
        }
        if (maximum != LockSpec.ANY) {
            checkMaximum(kind, name, count, maximum);
        }
        if (fairness == Fairness.FAIR && !hasOrder(kind)) {
            throw new IllegalArgumentException(name + ": a lock of kind " + kind + " cannot be fair");
        }
    }

    /**
     * The given count.
     *
     * @throws IllegalArgumentException if the kind has none, or not such a one
     */
    static int counted(LockKind kind, String name, int count) {
        switch (kind) {
            case MUTEX, EVENT_COUNT ->
                throw new IllegalArgumentException(
                        name + ": a count of " + count + ": a lock of kind " + kind + " has none");
            case SIGNALLING_SEMAPHORE -> checkRange(name, "permits", 0, count, Integer.MAX_VALUE);
            case ACCOUNTABLE_SEMAPHORE -> checkRange(name, "permits", 1, count, AccountableSemaphore.MAX_PERMITS);
            case READ_WRITE_LOCK -> checkRange(name, "attachments", 1, count, SharedReadWriteLock.MAX_ATTACHMENTS);
            case LATCH -> checkRange(name, "counts", 1, count, SharedLatch.MAX_COUNT);
            case BARRIER -> checkRange(name, "parties", 1, count, SharedBarrier.MAX_PARTIES);
        }
        return count;
    }

    private static void checkRange(String name, String what, int least, int number, int most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException(
                    name + ": " + number + " " + what + ": expected " + least + " to " + most);
        }
    }

    private static void checkMaximum(LockKind kind, String name, int count, int maximum) {
        if (kind != LockKind.SIGNALLING_SEMAPHORE) {
            throw new IllegalArgumentException(
                    name + ": a maximum of " + maximum + ": a lock of kind " + kind + " has none");
        }
        if (maximum < 1) {
            throw new IllegalArgumentException(name + ": a maximum of " + maximum + " is not positive");
        }
        if (count > maximum) {
            throw new IllegalArgumentException(name + ": a count of " + count + " is above the maximum of " + maximum);
        }
    }

    private static boolean hasOrder(LockKind kind) {
        return switch (kind) {
            case SIGNALLING_SEMAPHORE, ACCOUNTABLE_SEMAPHORE, READ_WRITE_LOCK -> true;
            case MUTEX, LATCH, BARRIER, EVENT_COUNT -> false;
        };
    }
}
