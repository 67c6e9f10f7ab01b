package io.sluice.locks.mutex;

import io.sluice.api.lock.CorruptLockException;

/**
 * The states of a mutex, as one 64-bit word.
 * <pre>
 *   0                      free
 *   token &lt;&lt; 4             held by that process
 *   token &lt;&lt; 4 | 1         held by that process, which was told that the owner before it died, and has not repaired
 *   2                      unusable: unlocked without repair
 * </pre>
 *
 * <p>Whoever acquires says with the same CAS who it is, so there is no instant in which the mutex is taken by nobody
 * knows whom.
 */
final class MutexWord {

    static final long FREE = 0;
    static final long INCONSISTENT = 1;
    static final long UNUSABLE = 2;

    private static final int TOKEN_SHIFT = 4;
    private static final long FLAGS = (1L << TOKEN_SHIFT) - 1;

    private MutexWord() {}

    static long heldBy(long token) {
        return token << TOKEN_SHIFT;
    }

    /** Token of the holder; 0 if free or unusable. */
    static long holder(long word) {
        return word >>> TOKEN_SHIFT;
    }

    static boolean isInconsistent(long word) {
        return (word & INCONSISTENT) != 0;
    }

    /** Whether this code ever writes such a word. */
    private static boolean isValid(long word) {
        long flags = word & FLAGS;
        return flags == 0 || flags == (holder(word) == 0 ? UNUSABLE : INCONSISTENT);
    }

    /** Refuses a word that no code of ours writes. */
    static void check(String name, long word) {
        if (!isValid(word)) {
            throw new CorruptLockException(name, "mutex word", "one of its states", "0x" + Long.toHexString(word));
        }
    }

    static String describe(long word) {
        if (word == FREE) {
            return "free";
        }
        if (word == UNUSABLE) {
            return "unusable";
        }
        if (!isValid(word)) {
            return "corrupt: 0x" + Long.toHexString(word);
        }
        return "held by " + Long.toHexString(holder(word)) + (isInconsistent(word) ? ", inconsistent" : "");
    }
}
