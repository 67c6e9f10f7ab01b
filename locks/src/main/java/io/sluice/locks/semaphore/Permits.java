package io.sluice.locks.semaphore;

import java.util.function.LongConsumer;

/** Where a semaphore's permits are: what waiting for them needs to know. */
interface Permits {

    /** Takes {@code count} permits if there are as many now; all or none. */
    boolean take(int count);

    /** The same for who has not looked how many there are. */
    default boolean takeAtOnce(int count) {
        return take(count);
    }

    /** Whether there are {@code count} permits now; a cheap read. */
    boolean has(int count);

    /** Makes permits of dead processes available, if their kind can; system calls. Returns whether there were any. */
    boolean takeBackFromDead();

    /** Names the processes whose death would make permits available. */
    void forEachHolder(LongConsumer token);
}
