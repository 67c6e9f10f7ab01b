package io.sluice.benchmarks.locks;

import java.io.IOException;

/**
 * Three places, each of which one process can have at a time: three locks of one kind.
 *
 * <p>Two processes go around them hand over hand, each taking the next place before it leaves the last. Neither can
 * pass the other, so every acquisition waits for the other one's release: the hand-over and nothing else, for any
 * kind of lock.
 */
interface Places {

    /** How many there are: the fewest on which two can go around without a deadlock. */
    int COUNT = 3;

    /** Waits until this process has the place. */
    void acquire(int place) throws IOException, InterruptedException;

    /** Gives the place, which this process has, to whoever wants it. */
    void release(int place) throws IOException;
}
