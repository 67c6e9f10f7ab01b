package io.sluice.ringbuffer.role;

import io.sluice.api.memory.RegionMemory;

/**
 * Counts the tries of one who looks again and again and finds nothing, be it a message or room. Offers the processor to
 * others now and then, and says when to ask whether they still live.
 *
 * <p>Confined to the thread of whoever looks. Wait-free.
 */
public final class Vain {

    /**
     * After so many vain tries in a row, some tens of microseconds, the processor is offered to others. Where there are
     * more participants than processors, who spins on keeps the very one off the processor that it waits for, until the
     * kernel's time slice ends: some milliseconds, in which a ring would have moved a hundred thousand messages. Who
     * has a processor of its own pays a system call that returns at once.
     */
    public static final int TRIES_PER_YIELD = 1024;

    /** So many are followed by one probe of the others' life, system calls. A multiple of the other, a power of two. */
    private static final int TRIES_PER_PROBE = 4096;

    private final RegionMemory memory;
    private int tries;

    /** Nothing was tried yet. */
    public Vain(RegionMemory memory) {
        this.memory = memory;
    }

    /**
     * Counts one more; whether it is time to {@link #pause}. Two calls, because this one becomes part of fast paths.
     */
    public boolean note() {
        return (++tries & (TRIES_PER_YIELD - 1)) == 0;
    }

    /** Offers the processor to others; whether it is time to probe, and then counting starts over. */
    public boolean pause() {
        memory.yieldHint();
        if (tries < TRIES_PER_PROBE) {
            return false;
        }
        tries = 0;
        return true;
    }

    /** Starts over: something was found. */
    public void reset() {
        tries = 0;
    }

    /** How many there were since counting started. */
    public int tries() {
        return tries;
    }
}
