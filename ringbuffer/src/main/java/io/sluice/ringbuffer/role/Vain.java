package io.sluice.ringbuffer.role;

/** What those do who look again and again and find nothing, be it a message or room. */
public final class Vain {

    /**
     * After so many vain tries in a row, some tens of microseconds, the processor is offered to others. Where there are more
     * participants than processors, who spins on keeps the very one off the processor that it waits for, until the kernel's
     * time slice ends: some milliseconds, in which a ring would have moved a hundred thousand messages. Who has a processor
     * of its own pays a system call that returns at once.
     */
    public static final int TRIES_PER_YIELD = 1024;

    /** So many are followed by one probe of the others' life, system calls. A multiple of the other. */
    public static final int TRIES_PER_PROBE = 4096;

    private Vain() {}
}
