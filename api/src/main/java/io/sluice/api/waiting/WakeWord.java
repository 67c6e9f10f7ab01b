package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;

/**
 * The place where the sleepers of one condition are found by those who make it true: one int in shared memory, an
 * epoch in its upper 31 bits and "somebody may be asleep" in its lowest.
 *
 * <p>It is an event count after Reed and Kanodia (1979) with the asymmetric fence of Linux's {@code membarrier(2)}: the
 * side that makes the condition true pays a plain load per call while nobody sleeps, and the side about to sleep pays
 * the fence for both.
 *
 * <pre>
 *   waker                                   sleeper
 *   W1 make the condition true (release)    S1 CAS word -> odd
 *   W2 light fence                          S2 heavy fence
 *   W3 read word; odd: CAS -> next even,    S3 is the condition true? then do not sleep
 *      wake all                             S4 futex-wait while word is what S1 left
 * </pre>
 *
 * Either W3 sees S1, or S3 sees W1, or, where the heavy fence has missed the waker's processor, S3 made once more, as
 * {@link Block} does after a moment, sees W1. A waker between W3's CAS and its wake is seen by S4's comparison, or wakes later.
 *
 * <p>A crash: a sleeper killed after S1 leaves the word odd, which costs one needless wake; a waker killed inside W3
 * may leave a sleeper asleep, until its slice ends or it is told of the death, see {@link SlicedWait}; nothing else.
 *
 * <p>Any number of threads and processes. {@link #wake()} is wait-free but for its system call.
 */
public final class WakeWord {

    /** Bytes that the word takes in the region. */
    public static final int BYTES = Integer.BYTES;

    private static final int SLEEPERS = 1;

    private final RegionMemory memory;
    private final long offset;

    /** The word at {@code offset} of {@code memory}, a multiple of 4; zero is its initial state. */
    public WakeWord(RegionMemory memory, long offset) {
        this.memory = memory;
        this.offset = offset;
    }

    /** Wakes every sleeper, if there may be any. Call after the store that makes their condition true. */
    public void wake() {
        // Pairs with the heavy fence in announce(): W1 before W3, or S1 before S3, is visible to the other side.
        memory.fenceLight();
        int word = memory.getInt(offset);
        if ((word & SLEEPERS) != 0) {
            wakeAll(word);
        }
    }

    /**
     * Whether {@link #wake()} has anybody to wake: a light fence and a load. For hot paths that know the offset as a
     * constant; to be called after the store that makes the sleepers' condition true.
     */
    public static boolean hasSleepers(RegionMemory memory, long offset) {
        // Pairs with the heavy fence in announce(), as in wake().
        memory.fenceLight();
        return (memory.getInt(offset) & SLEEPERS) != 0;
    }

    private void wakeAll(int word) {
        // full fence; pairs with announce()'s CAS. Losing it means another waker took over the same sleepers.
        // A death between the CAS and the wake leaves them to their slice.
        if (memory.compareAndSetInt(offset, word, word + 1)) {
            memory.futexWake(offset, Integer.MAX_VALUE);
        }
    }

    /**
     * As {@link #wake()}, but wakes those, too, whom another waker has already taken note of: it may have been killed,
     * or be stopped, before it woke them. A system call in any case; for what happens seldom and nobody tells of again.
     */
    public void wakeInAnyCase() {
        // Pairs with the heavy fence in announce(), as in wake().
        memory.fenceLight();
        int word = memory.getInt(offset);
        if ((word & SLEEPERS) != 0) {
            // full fence; pairs with announce()'s CAS, so that who is about to sleep does not.
            memory.compareAndSetInt(offset, word, word + 1);
        }
        memory.futexWake(offset, Integer.MAX_VALUE);
    }

    /**
     * Announces a sleeper; the caller then checks its condition once more and, if it is still false, passes what this
     * returned to {@link #sleep}.
     */
    int announce() {
        int word;
        do {
            word = memory.getIntAcquire(offset);
        } while ((word & SLEEPERS) == 0 && !memory.compareAndSetInt(offset, word, word | SLEEPERS));
        // Pairs with the light fence in wake().
        memory.fenceHeavy();
        return word | SLEEPERS;
    }

    /** Sleeps for at most {@code nanos} while nobody called {@link #wake()} since {@link #announce()}. */
    void sleep(int announced, long nanos) {
        memory.futexWait(offset, announced, nanos);
    }

    RegionMemory memory() {
        return memory;
    }
}
