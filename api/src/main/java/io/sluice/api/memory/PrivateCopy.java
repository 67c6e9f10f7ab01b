package io.sluice.api.memory;

import java.lang.ref.Reference;
import net.openhft.chronicle.core.UnsafeMemory;

/**
 * Memory of this process alone for copies of bytes that others may change at any time: once copied they stay as they
 * are, and can be judged and then used. Confined to one thread.
 *
 * <p>It takes real memory only as far as it was written to.
 */
public final class PrivateCopy {

    private final RegionMemory shared;
    private final Mapping mapping;
    private final RegionMemory memory;

    /**
     * Room for copies out of {@code shared}.
     *
     * @param bytes of the longest copy
     */
    public PrivateCopy(RegionMemory shared, long bytes) {
        this.shared = shared;
        this.mapping = new NativeMemory(bytes);
        this.memory = MappedRegionMemory.over(shared.name(), mapping, new SameProcess(shared));
    }

    /** What was copied, from offset 0 on; what is behind it is not defined. */
    public RegionMemory memory() {
        return memory;
    }

    /**
     * Copies {@code length} bytes; plain.
     *
     * @throws DetachedException if the shared memory was detached, also meanwhile
     */
    public void copy(long offset, long length) {
        if (length < 0 || length > mapping.length()) {
            throw new IndexOutOfBoundsException(
                    shared.name() + ": " + length + " bytes do not fit into a copy of " + mapping.length());
        }
        try {
            shared.copyOutToAddress(offset, mapping.address(), length);
        } finally {
            // Until here the cleaner must not take the target away.
            Reference.reachabilityFence(memory);
        }
    }

    /** The identity of whoever made the copy. */
    private record SameProcess(RegionMemory shared) implements Liveness {

        @Override
        public long token() {
            return shared.selfToken();
        }

        @Override
        public boolean isAlive(long token) {
            return shared.isAlive(token);
        }
    }

    /** Memory from the C heap. */
    private static final class NativeMemory implements Mapping {

        private final long address;
        private final long length;

        NativeMemory(long length) {
            this.address = UnsafeMemory.MEMORY.allocate(length);
            this.length = length;
        }

        @Override
        public long address() {
            return address;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public boolean isWritable() {
            return true;
        }

        @Override
        public void replaceByZeros() {
            // No file is behind it.
        }

        @Override
        public void release() {
            UnsafeMemory.MEMORY.freeMemory(address, length);
        }
    }
}
