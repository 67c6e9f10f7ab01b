package io.sluice.api.lock;

/**
 * A cyclic barrier between processes, as {@link java.util.concurrent.CyclicBarrier}: a fixed number of parties wait for
 * each other, again and again.
 *
 * <p>A party is whoever has joined: one thread of one process, through its {@link BarrierParty}. A generation ends when
 * every place is taken and every party has arrived.
 *
 * <p><b>Deaths</b>: when the process of a party dies, the barrier <em>breaks</em>: all who wait, and all who come, get
 * a {@link java.util.concurrent.BrokenBarrierException} until {@link #reset()}, which makes the places of the dead free
 * again. A party that gives up waiting, interrupted or timed out, breaks it as well. A paused party is waited for. A
 * party that leaves between generations is not missed: the others wait for somebody to take its place.
 *
 * <p>That a generation is complete can be read off the places; whoever sees it first says so with one compare-and-set,
 * so no process is needed to end it, and no death can lose the end.
 *
 * <p>Progress: all methods here, and all of a party but {@link BarrierParty#await() await}, are wait-free between
 * processes, with at most as many steps as there are places; the threads of one attachment join and close one at a
 * time.
 *
 * <p>Memory consistency: what each party does before {@code await} <em>happens-before</em> what every party
 * does after it. What was done by the one who broke the barrier, or whose death did, happens-before what the others do
 * after their {@link java.util.concurrent.BrokenBarrierException}.
 *
 * <p>All methods that look at the barrier throw {@link io.sluice.api.memory.DetachedException} when this attachment is
 * closed, and {@link CorruptLockException} when the word of a place is none that this code writes.
 */
public interface SharedBarrier extends Synchronizer {

    /** The greatest number of parties. */
    int MAX_PARTIES = 1024;

    /** How many parties it takes. */
    int getParties();

    /** How many wait now. */
    int getNumberWaiting();

    /**
     * Takes a free place.
     *
     * @throws LockFullException if there is none; that of a dead party becomes free on {@link #reset()}
     */
    BarrierParty join();

    /** Generations that have ended, well or broken and reset. */
    long generation();

    /** Whether the present generation is broken; costs a system call per party. */
    boolean isBroken();

    /**
     * Begins a new generation: who waits in the present one gets a {@link java.util.concurrent.BrokenBarrierException},
     * the places of dead processes become free.
     */
    void reset();
}
