package io.sluice.locks.mutex;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import java.util.HashSet;
import java.util.Set;

/**
 * What the mutex of a storm protects: two numbers that are equal whenever nobody is inside, who is inside, the last
 * fencing token, and a list of the dead that somebody was told of.
 */
final class MutexLedger {

    static final String KIND = "test.ledger";
    static final long BODY_BYTES = 1 << 16;

    private static final long INSIDE = RegionHeaderLayout.BODY;
    private static final long FIRST = RegionHeaderLayout.BODY + 8;
    private static final long SECOND = RegionHeaderLayout.BODY + 16;
    private static final long FENCE = RegionHeaderLayout.BODY + 24;
    private static final long DEATHS = RegionHeaderLayout.BODY + 32;
    private static final long TOLD = RegionHeaderLayout.BODY + 64;

    private final RegionMemory memory;

    MutexLedger(RegionMemory memory) {
        this.memory = memory;
    }

    /**
     * With the mutex held.
     *
     * @param fence the acquisition's fencing token
     * @param middle what to do half-way
     */
    void change(long fence, Runnable middle) {
        expect("who is inside on entry", 0, memory.getLong(INSIDE));
        memory.setLong(INSIDE, memory.selfToken());
        long number = memory.getLong(FIRST);
        expect("second number on entry", number, memory.getLong(SECOND));
        if (fence <= memory.getLong(FENCE)) {
            throw new AssertionError("fencing token " + fence + " after " + memory.getLong(FENCE));
        }
        memory.setLong(FENCE, fence);
        memory.setLongRelease(FIRST, number + 1);
        middle.run();
        memory.setLongRelease(SECOND, number + 1);
        expect("who is inside on leaving", memory.selfToken(), memory.getLong(INSIDE));
        memory.setLongRelease(INSIDE, 0);
    }

    /** With the mutex held, after the death of {@code owner}. */
    void repair(long owner) {
        long inside = memory.getLong(INSIDE);
        if (inside != 0 && inside != owner && memory.isAlive(inside)) {
            throw new AssertionError(Long.toHexString(inside) + " is inside and alive");
        }
        memory.setLong(SECOND, memory.getLong(FIRST));
        memory.setLong(INSIDE, 0);
        long deaths = memory.getLong(DEATHS);
        memory.setLongRelease(TOLD + deaths * Long.BYTES, owner);
        memory.setLongRelease(DEATHS, deaths + 1);
    }

    /** With nobody left. */
    void audit(int kills) {
        expect("second number at the end", memory.getLong(FIRST), memory.getLong(SECOND));
        Set<Long> told = new HashSet<>();
        for (long death = 0; death < memory.getLong(DEATHS); death++) {
            long owner = memory.getLong(TOLD + death * Long.BYTES);
            if (!told.add(owner)) {
                throw new AssertionError("told twice of the death of " + Long.toHexString(owner));
            }
        }
        if (told.size() > kills) {
            throw new AssertionError("told of " + told.size() + " deaths of " + kills);
        }
    }

    long changes() {
        return memory.getLong(FIRST);
    }

    @Override
    public String toString() {
        return changes() + " changes, told of " + memory.getLong(DEATHS) + " deaths";
    }

    private static void expect(String what, long expected, long found) {
        if (expected != found) {
            throw new AssertionError(
                    what + ": expected " + Long.toHexString(expected) + ", found " + Long.toHexString(found));
        }
    }
}
