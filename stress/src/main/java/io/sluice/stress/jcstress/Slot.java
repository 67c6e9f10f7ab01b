package io.sluice.stress.jcstress;

import io.sluice.api.memory.Liveness;
import io.sluice.api.memory.MappedRegionMemory;
import io.sluice.api.memory.Mapping;
import io.sluice.api.memory.RegionMemory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory of one structure, and the processes that share it, which exist only as far as tokens, verdicts and the
 * mapping that they use go. Given out by {@link Slab}.
 */
public final class Slot {

    /** How many processes there are. */
    public static final int PROCESSES = 4;

    private static final long FIRST_TOKEN = 0x1001;

    private final RegionMemory[] processes = new RegionMemory[PROCESSES];
    private final long[] used;
    private final AtomicInteger dead = new AtomicInteger(); // a bit for each process

    Slot(Mapping[] mappings, long offset, long bytes, long[] used) {
        this.used = used;
        for (int process = 0; process < PROCESSES; process++) {
            Mapping mapping = mappings[process % mappings.length];
            processes[process] = MappedRegionMemory.over(
                    "slot", new Part(mapping, mapping.address() + offset, bytes), new Judge(token(process)));
        }
    }

    void reset() {
        for (int index = 0; index < used.length; index += 2) {
            processes[0].zero(used[index], used[index + 1] - used[index]);
        }
        dead.set(0);
    }

    /** The memory as process {@code index} sees it; 0 and 1 do so at different addresses. */
    public RegionMemory process(int index) {
        return processes[index];
    }

    /** Token of process {@code index}. */
    public static long token(int index) {
        return FIRST_TOKEN + index;
    }

    /**
     * Has process {@code index} be judged dead from now on. Called by that process as the last thing that it does: then
     * the verdict is true, and whoever hears it sees what was stored before, as with the kernel's. Called by another,
     * it is the wrong verdict on a process that goes on.
     */
    public void kill(int index) {
        dead.getAndUpdate(bits -> bits | 1 << index);
    }

    private boolean isAlive(long token) {
        long index = token - FIRST_TOKEN;
        return index >= 0 && index < PROCESSES && (dead.get() >>> index & 1) == 0;
    }

    /** The verdicts in this slot, to the process with a token. */
    private final class Judge implements Liveness {

        private final long token;

        Judge(long token) {
            this.token = token;
        }

        @Override
        public long token() {
            return token;
        }

        @Override
        public boolean isAlive(long other) {
            return Slot.this.isAlive(other);
        }
    }

    /** A part of a mapping that stays for as long as the process runs. */
    private record Part(Mapping whole, long address, long length) implements Mapping {

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void replaceByZeros() {
            throw new UnsupportedOperationException("a slot cannot be detached from the slab");
        }

        @Override
        public void release() {
            // Given back with the slab, which is with the process.
        }
    }
}
