package io.sluice.stress.explore.mutants;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.ringbuffer.broadcast.BroadcastHandles;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.MemoryModel;
import java.util.List;
import java.util.function.UnaryOperator;

/** What could be wrong with the ring whose producer overwrites what was not read, as its scenarios have it. */
final class LossyMutants {

    private static final Bounds SC = new Bounds(MemoryModel.SC, 2, 0);
    private static final Bounds WEAK = new Bounds(MemoryModel.WEAK, 2, 1);
    private static final BroadcastHandles RING = new BroadcastHandles(2, 64, true);
    private static final long GONE = RING.gone();
    private static final int SPINS = 1000;

    private LossyMutants() {}

    static List<Mutant> all() {
        return List.of(
                sc("gone-overlooked", "a consumer does not look whether its copy was overwritten", Overlooked::new),
                sc("gone-looked-at-first", "a consumer looks at GONE before it copies, not behind", LookFirst::new),
                sc("gone-after-overwriting", "the producer says what is gone when it is", LateGone::new),
                new Mutant(
                        "gone-without-fence",
                        "the producer does not fence between GONE and what it overwrites",
                        "lossy.lap",
                        WEAK,
                        NoFence::new),
                sc("resumes-at-gone", "a lapped consumer goes on at GONE, where no record need start", AtGone::new),
                sc("newer-after-gone", "GONE is announced before the place to go on", LateNewer::new));
    }

    private static Mutant sc(String name, String description, UnaryOperator<RegionMemory> bug) {
        return new Mutant(name, description, "lossy.lap", SC, bug);
    }

    /** What the TAIL that it has seen implies is all that a consumer knows. */
    private static final class Overlooked extends ForwardingMemory {

        private long tail;

        Overlooked(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void copyOutToAddress(long offset, long address, long length) {
            Bugs.linger(SPINS);
            target().copyOutToAddress(offset, address, length);
        }

        @Override
        public long getLongAcquire(long offset) {
            if (offset == GONE) {
                return Math.max(0, tail - RING.capacity());
            }
            long value = target().getLongAcquire(offset);
            tail = offset == RING.tail() ? value : tail;
            return value;
        }
    }

    private static final class LookFirst extends ForwardingMemory {

        private long seen = -1;

        LookFirst(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void copyOutToAddress(long offset, long address, long length) {
            seen = target().getLongAcquire(GONE);
            Bugs.linger(SPINS);
            target().copyOutToAddress(offset, address, length);
        }

        @Override
        public long getLongAcquire(long offset) {
            if (offset == GONE && seen >= 0) {
                long first = seen;
                seen = -1;
                return first;
            }
            return target().getLongAcquire(offset);
        }
    }

    private static final class LateGone extends ForwardingMemory {

        private long late = -1;

        LateGone(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void copyOutToAddress(long offset, long address, long length) {
            // Not so long as the producer does.
            Bugs.linger(SPINS / 4);
            target().copyOutToAddress(offset, address, length);
        }

        @Override
        public void setLongRelease(long offset, long value) {
            if (offset == GONE) {
                late = value;
                return;
            }
            if (offset == RING.tail() && late >= 0) {
                Bugs.linger(SPINS);
                target().setLongRelease(GONE, late);
                late = -1;
            }
            target().setLongRelease(offset, value);
        }
    }

    private static final class NoFence extends ForwardingMemory {

        NoFence(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void fullFence() {
            // The bug.
        }
    }

    private static final class AtGone extends ForwardingMemory {

        AtGone(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            return target().getLongAcquire(offset == RING.older() || offset == RING.newer() ? GONE : offset);
        }
    }

    private static final class LateNewer extends ForwardingMemory {

        private boolean pending;
        private long older;
        private long newer;

        LateNewer(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void setLong(long offset, long value) {
            if (offset == RING.older()) {
                older = value;
            } else if (offset == RING.newer()) {
                newer = value;
                pending = true;
            } else {
                target().setLong(offset, value);
            }
        }

        @Override
        public void fullFence() {
            target().fullFence();
            if (pending) {
                pending = false;
                Bugs.linger(SPINS);
                target().setLong(RING.older(), older);
                target().setLong(RING.newer(), newer);
            }
        }
    }
}
