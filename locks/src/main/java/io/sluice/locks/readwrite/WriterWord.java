package io.sluice.locks.readwrite;

/**
 * The one word that says everything about a lock's writers.
 *
 * <pre>
 *   bits 0-59     token of the process that writes or is about to; 0: nobody
 *   PENDING       it has shut the gate and waits for readers to leave; it has written nothing yet
 *   INCONSISTENT  a writer died while writing and nobody has said since that the state is repaired
 *   UNUSABLE      a writer that was told so went away without repairing
 * </pre>
 *
 * <p>Every change is one CAS of the whole word, so a crash leaves it before or after; what a dead owner left is told by
 * PENDING: with it nothing was written, without it anything may be half-written.
 */
final class WriterWord {

    static final long FREE = 0;
    static final long PENDING = 1L << 60;
    static final long INCONSISTENT = 1L << 61;
    static final long UNUSABLE = 1L << 62;

    private static final long TOKEN = (1L << 60) - 1;

    private WriterWord() {}

    /** Whether this code ever writes such a word. */
    static boolean isValid(long word) {
        if (isUnusable(word)) {
            return word == UNUSABLE;
        }
        return word >= 0 && (isOwned(word) || !isPending(word));
    }

    static long owner(long word) {
        return word & TOKEN;
    }

    static boolean isOwned(long word) {
        return owner(word) != 0;
    }

    static boolean isPending(long word) {
        return (word & PENDING) != 0;
    }

    static boolean isInconsistent(long word) {
        return (word & INCONSISTENT) != 0;
    }

    static boolean isUnusable(long word) {
        return (word & UNUSABLE) != 0;
    }

    /** What {@code token} makes of a word that is free or whose owner is dead: the gate is shut, readers may be in. */
    static long claim(long word, long token) {
        return token | PENDING | (mayBeHalfWritten(word) ? INCONSISTENT : 0);
    }

    /** The word without its owner, who has written nothing. */
    static long withdraw(long word) {
        return word & INCONSISTENT;
    }

    /** The word of the same owner once no reader is left. */
    static long enter(long word) {
        return word & ~PENDING;
    }

    /** The word once its owner is done. */
    static long release(long word) {
        return isInconsistent(word) ? UNUSABLE : FREE;
    }

    /** Whether the owner, if it is dead, or an owner before it left something to repair. */
    static boolean mayBeHalfWritten(long word) {
        return isInconsistent(word) || (isOwned(word) && !isPending(word));
    }
}
