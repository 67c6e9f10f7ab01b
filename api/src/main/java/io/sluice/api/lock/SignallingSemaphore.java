package io.sluice.api.lock;

/**
 * A semaphore that is a plain count: any thread of any process may release, as for counting what is full and what is
 * empty in a buffer. What a process acquired and did not release before it died stays gone; use an
 * {@link AccountableSemaphore} for what must come back. A crash at any instant leaves either all or nothing of a call.
 * Lock-free, as {@link SharedSemaphore} says: each change is one compare-and-set.
 */
public interface SignallingSemaphore extends SharedSemaphore {

    /**
     * Lowers the number of permits without waiting, below zero if need be: as many releases later there are some again.
     *
     * @param reduction not negative
     * @throws IllegalStateException if the count would pass {@link Integer#MIN_VALUE}; nothing changed
     */
    void reducePermits(int reduction);
}
