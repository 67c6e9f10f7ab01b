package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.locks.readwrite.ReadWritePlaces;
import io.sluice.ringbuffer.broadcast.BroadcastHandles;
import io.sluice.ringbuffer.spsc.SpscHandles;
import io.sluice.stress.jcstress.Slot;

/** Things that can be wrong with one structure only. */
final class StructureBugs {

    private StructureBugs() {}

    /** The producer of a ring, which is process 0, does not look how far the consumer is. */
    static RegionMemory boundless(RegionMemory memory) {
        return memory.selfToken() == Slot.token(0) ? new Boundless(memory) : memory;
    }

    /** The producer of a broadcast ring, which is process 0, does not look how far the consumers are. */
    static RegionMemory boundlessBroadcast(RegionMemory memory) {
        return memory.selfToken() == Slot.token(0) ? new BoundlessBroadcast(memory) : memory;
    }

    private static final class BoundlessBroadcast extends ForwardingMemory {

        private static final long TAIL = new BroadcastHandles(2, 64).tail();

        BoundlessBroadcast(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            return target().getLongAcquire(offset == BroadcastHandles.position(0) ? TAIL : offset);
        }
    }

    private static final class Boundless extends ForwardingMemory {

        Boundless(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            return target().getLongAcquire(offset == SpscHandles.HEAD ? SpscHandles.TAIL : offset);
        }
    }

    /** The producer of a ring looks for sleepers before it publishes. */
    static final class EarlyWake extends ForwardingMemory {

        // A sleeper takes about as long between announcing itself and looking.
        private static final int SPINS = 500;

        private boolean isLate;
        private long late;

        EarlyWake(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void setLongRelease(long offset, long value) {
            if (offset == SpscHandles.TAIL) {
                isLate = true;
                late = value;
            } else {
                target().setLongRelease(offset, value);
            }
        }

        @Override
        public int getInt(long offset) {
            int word = target().getInt(offset);
            if (isLate && offset == SpscHandles.DATA) {
                isLate = false;
                for (int spin = 0; spin < SPINS; spin++) {
                    spinHint();
                }
                target().setLongRelease(SpscHandles.TAIL, late);
            }
            return word;
        }
    }

    /** Who leaves a list of waiters records that nobody waits, tickets included that were given out since it looked. */
    static final class SettlesTooMuch extends ForwardingMemory {

        private static final long NEXT = RegionHeaderLayout.BODY;
        private static final long SETTLED = NEXT + 8;

        SettlesTooMuch(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            long late = offset == SETTLED ? target().getLongAcquire(NEXT) : value;
            return target().compareAndSetLong(offset, expected, late);
        }
    }

    /** A writer does not see that somebody reads. */
    static final class BlindWriter extends ForwardingMemory {

        BlindWriter(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            long word = target().getLongAcquire(offset);
            boolean others = ReadWritePlaces.isSlot(offset) && (word & ~ReadWritePlaces.READING) != selfToken();
            return others ? word & ~ReadWritePlaces.READING : word;
        }
    }

    /** A reader does not look for writers again after it has said that it reads. */
    static final class HastyReader extends ForwardingMemory {

        private boolean said;

        HastyReader(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            said = ReadWritePlaces.isSlot(offset) && (value & ReadWritePlaces.READING) != 0;
            return target().compareAndSetLong(offset, expected, value);
        }

        @Override
        public long getLongAcquire(long offset) {
            if (said && offset == ReadWritePlaces.WRITER) {
                said = false;
                return 0;
            }
            return target().getLongAcquire(offset);
        }
    }
}
