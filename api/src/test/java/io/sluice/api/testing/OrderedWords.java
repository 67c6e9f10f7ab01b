package io.sluice.api.testing;

import io.sluice.api.memory.RegionMemory;
import java.util.HashSet;
import java.util.Set;

/**
 * Memory of a process that must not access certain words without an order. What a missing one allows need not show: x86
 * keeps stores behind earlier loads, and loads behind one another, and so do its compilers as a rule, and the explorer
 * moves no load behind another access.
 */
public final class OrderedWords extends ForwardingMemory {

    private final Set<Long> stored;
    private final Set<Long> loaded;
    private final Set<Long> released = new HashSet<>();
    private final Set<Long> acquired = new HashSet<>();

    /** The memory of {@code target}'s process, which stores some words in order. */
    public OrderedWords(RegionMemory target, Set<Long> stored) {
        this(target, stored, Set.of());
    }

    /** The memory of {@code target}'s process, which stores some words in order and loads others so. */
    public OrderedWords(RegionMemory target, Set<Long> stored, Set<Long> loaded) {
        super(target);
        this.stored = stored;
        this.loaded = loaded;
    }

    /** Those of the words that were stored in order. */
    public Set<Long> released() {
        return released;
    }

    /** Those of the words that were loaded in order. */
    public Set<Long> acquired() {
        return acquired;
    }

    private static void refuse(Set<Long> words, String what, long offset) {
        if (words.contains(offset)) {
            throw new AssertionError(what + " " + offset);
        }
    }

    @Override
    public void setLong(long offset, long value) {
        refuse(stored, "a plain store to", offset);
        super.setLong(offset, value);
    }

    @Override
    public void writeLong(long offset, long value) {
        refuse(stored, "an unordered store to", offset);
        super.writeLong(offset, value);
    }

    @Override
    public void setLongRelease(long offset, long value) {
        if (stored.contains(offset)) {
            released.add(offset);
        }
        super.setLongRelease(offset, value);
    }

    @Override
    public long getLong(long offset) {
        refuse(loaded, "a plain load of", offset);
        return super.getLong(offset);
    }

    @Override
    public long readLong(long offset) {
        refuse(loaded, "an unordered load of", offset);
        return super.readLong(offset);
    }

    @Override
    public long getLongAcquire(long offset) {
        if (loaded.contains(offset)) {
            acquired.add(offset);
        }
        return super.getLongAcquire(offset);
    }
}
