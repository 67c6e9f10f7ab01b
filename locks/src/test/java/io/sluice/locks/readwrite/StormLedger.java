package io.sluice.locks.readwrite;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;

/**
 * What the lock of a storm protects: two numbers that are equal whenever nobody writes, who writes, and counts beside
 * them. A writer raises BEGUN, then FIRST, then SECOND, then FINISHED; killed on the way it leaves them unequal.
 */
final class StormLedger {

    static final String KIND = "test.ledger";
    static final long BODY_BYTES = 4096;

    private static final long WRITER = RegionHeaderLayout.BODY;
    private static final long FIRST = RegionHeaderLayout.BODY + 8;
    private static final long SECOND = RegionHeaderLayout.BODY + 16;
    private static final long BEGUN = RegionHeaderLayout.BODY + 24;
    private static final long FINISHED = RegionHeaderLayout.BODY + 32;
    private static final long REPAIRS = RegionHeaderLayout.BODY + 40;
    private static final long READS = RegionHeaderLayout.BODY + 48;
    private static final long REFUSED = RegionHeaderLayout.BODY + 56;

    private final RegionMemory memory;

    StormLedger(RegionMemory memory) {
        this.memory = memory;
    }

    /**
     * With the write lock held.
     *
     * @param middle what to do half-way
     */
    void write(Runnable middle) {
        expect("writer on entry", 0, memory.getLong(WRITER));
        memory.setLong(WRITER, memory.selfToken());
        long number = memory.getLong(FIRST);
        expect("second number on entry", number, memory.getLong(SECOND));
        memory.getAndAddLong(BEGUN, 1);
        memory.setLongRelease(FIRST, number + 1);
        middle.run();
        memory.setLongRelease(SECOND, number + 1);
        memory.getAndAddLong(FINISHED, 1);
        expect("writer on leaving", memory.selfToken(), memory.getLong(WRITER));
        memory.setLongRelease(WRITER, 0);
    }

    /** With the read lock held. */
    void read() {
        for (int look = 0; look < 20; look++) {
            expect("writer while reading", 0, memory.getLongAcquire(WRITER));
            expect("second number", memory.getLongAcquire(FIRST), memory.getLongAcquire(SECOND));
        }
        memory.getAndAddLong(READS, 1);
    }

    /** With the write lock held, after a death. */
    void repair() {
        memory.setLong(SECOND, memory.getLong(FIRST));
        memory.setLong(WRITER, 0);
        memory.getAndAddLong(REPAIRS, 1);
    }

    void countRefused() {
        memory.getAndAddLong(REFUSED, 1);
    }

    long repairs() {
        return memory.getLongAcquire(REPAIRS);
    }

    long reads() {
        return memory.getLongAcquire(READS);
    }

    /** With nobody left: every begun write is there once, but those that were cut off before they changed anything. */
    void audit(long kills) {
        long number = memory.getLongAcquire(FIRST);
        expect("second number at the end", number, memory.getLongAcquire(SECOND));
        long begun = memory.getLongAcquire(BEGUN);
        long finished = memory.getLongAcquire(FINISHED);
        if (number < finished || number > begun || begun - finished > kills || repairs() > kills) {
            throw new AssertionError("writes: " + begun + " begun, " + number + " seen, " + finished
                    + " finished, repairs " + repairs() + ", kills " + kills);
        }
    }

    @Override
    public String toString() {
        return memory.getLong(FINISHED) + " writes, " + reads() + " reads, " + repairs() + " repairs, "
                + memory.getLong(REFUSED) + " readers refused";
    }

    private static void expect(String what, long expected, long found) {
        if (expected != found) {
            throw new AssertionError(what + ": expected " + expected + ", found " + found);
        }
    }
}
