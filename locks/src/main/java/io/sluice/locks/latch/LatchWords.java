package io.sluice.locks.latch;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;

/** The words of a latch's counts, none of which is taken for granted. Any thread; reads only. */
final class LatchWords {

    private final RegionMemory memory;

    LatchWords(RegionMemory memory) {
        this.memory = memory;
    }

    /**
     * The word of a count.
     *
     * @throws CorruptLockException if this code never writes such a word
     */
    long get(int index) {
        // acquire; pairs with the CASes of RegionLatch.keep() and take().
        long word = memory.getLongAcquire(LatchLayout.count(index));
        if (!LatchLayout.isValid(word)) {
            throw new CorruptLockException(
                    memory.name(),
                    "count " + index,
                    "nothing, or a token and what became of it",
                    Long.toHexString(word));
        }
        return word;
    }
}
