package io.sluice.ringbuffer;

import static org.junit.jupiter.api.Assertions.assertFalse;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;
import java.util.HashSet;
import java.util.Set;

/**
 * Memory of a process that must not store certain words without an order. What a missing release allows need not show: x86
 * keeps stores behind earlier loads, and so do its compilers as a rule, and the explorer moves no load behind a store.
 */
public final class OrderedStores extends ForwardingMemory {

    private final Set<Long> words;
    private final Set<Long> released = new HashSet<>();

    /** The memory of {@code target}'s process. */
    public OrderedStores(RegionMemory target, Set<Long> words) {
        super(target);
        this.words = words;
    }

    /** Those of the words that were stored in order. */
    public Set<Long> released() {
        return released;
    }

    @Override
    public void setLong(long offset, long value) {
        assertFalse(words.contains(offset), () -> "a plain store to " + offset);
        super.setLong(offset, value);
    }

    @Override
    public void writeLong(long offset, long value) {
        assertFalse(words.contains(offset), () -> "an unordered store to " + offset);
        super.writeLong(offset, value);
    }

    @Override
    public void setLongRelease(long offset, long value) {
        if (words.contains(offset)) {
            released.add(offset);
        }
        super.setLongRelease(offset, value);
    }
}
