package io.sluice.stress.explore.mutants;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionLife;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.MemoryModel;
import java.util.List;

/** What could be wrong with a region's life. */
final class RegionMutants {

    private static final Bounds SC = new Bounds(MemoryModel.SC, 3, 0);

    private RegionMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "live-stored-plain",
                        "that a region is in use is a plain store",
                        "region.header",
                        new Bounds(MemoryModel.WEAK, 2, 1),
                        PlainLive::new),
                new Mutant(
                        "live-before-written",
                        "a region is said to be in use before its header is written",
                        "region.header",
                        SC,
                        EarlyLive::new),
                new Mutant(
                        "closing-unannounced",
                        "who leaves looks at the table without saying first that it does",
                        "region.leave-or-open",
                        SC,
                        SilentClosing::new),
                new Mutant(
                        "closing-uncounted",
                        "the state word does not count its changes, so that one CLOSING is taken for another",
                        "region.leave-both-or-open",
                        SC,
                        Uncounted::new),
                new Mutant(
                        "entered-before-registered",
                        "who comes reads the state before its entry is in the table",
                        "region.leave-or-open",
                        SC,
                        LateEntry::new),
                new Mutant(
                        "entry-not-atomic",
                        "an entry is taken by a look and a store",
                        "region.open-both",
                        SC,
                        TornEntry::new),
                new Mutant(
                        "dead-counted-as-attached",
                        "the table is believed without asking who lives",
                        "region.kill-last",
                        SC,
                        Trusting::new));
    }

    private static final class PlainLive extends ForwardingMemory {

        PlainLive(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void setLongRelease(long offset, long value) {
            target().setLong(offset, value);
        }
    }

    private static final class EarlyLive extends ForwardingMemory {

        EarlyLive(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void copyIn(long offset, byte[] source, int from, int length) {
            target().setLongRelease(RegionLife.STATE, RegionLife.LIVE);
            target().copyIn(offset, source, from, length);
        }
    }

    private static final class SilentClosing extends ForwardingMemory {

        private boolean skipped;
        private long before;
        private long closing;

        SilentClosing(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            boolean toClosing =
                    offset == RegionLife.STATE && !RegionLife.isDestroyed(value) && !RegionLife.isLive(value);
            if (toClosing) {
                skipped = true;
                before = expected;
                closing = value;
                return target().getLongAcquire(offset) == expected;
            }
            if (skipped && offset == RegionLife.STATE && expected == closing) {
                skipped = false;
                return target().compareAndSetLong(offset, before, value);
            }
            return target().compareAndSetLong(offset, expected, value);
        }
    }

    private static final class Uncounted extends ForwardingMemory {

        private static final long PHASE = 3;

        Uncounted(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            long mask = offset == RegionLife.STATE ? PHASE : -1;
            return target().compareAndSetLong(offset, expected & mask, value & mask);
        }
    }

    private static final class LateEntry extends ForwardingMemory {

        private long pending;

        LateEntry(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            if (expected == 0 && value == selfToken()) {
                pending = offset;
                return true;
            }
            return target().compareAndSetLong(offset, expected, value);
        }

        @Override
        public long getLongAcquire(long offset) {
            long found = target().getLongAcquire(offset);
            if (offset == RegionLife.STATE && pending != 0) {
                target().compareAndSetLong(pending, 0, selfToken());
                pending = 0;
            }
            return found;
        }
    }

    private static final class TornEntry extends ForwardingMemory {

        TornEntry(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            if (value != selfToken()) {
                return target().compareAndSetLong(offset, expected, value);
            }
            if (target().getLongAcquire(offset) != expected) {
                return false;
            }
            target().setLongRelease(offset, value);
            return true;
        }
    }

    private static final class Trusting extends ForwardingMemory {

        Trusting(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean isAlive(long token) {
            return true;
        }
    }
}
