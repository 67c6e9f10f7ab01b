package io.sluice.stress.explore.mutants;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.ringbuffer.record.Records;
import io.sluice.ringbuffer.spsc.SpscHandles;
import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.MemoryModel;
import java.util.List;

/** What could be wrong with the SPSC ring. */
final class SpscMutants {

    private static final Bounds SC = new Bounds(MemoryModel.SC, 2, 0);
    private static final Bounds TSO = new Bounds(MemoryModel.TSO, 2, 1);
    private static final Bounds WEAK = new Bounds(MemoryModel.WEAK, 2, 1);
    private static final long RECORD = 24;

    private SpscMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant(
                        "tail-stored-plain",
                        "the producer publishes its position with a plain store",
                        "spsc.offer-poll",
                        WEAK,
                        PlainTail::new),
                new Mutant(
                        "tail-loaded-plain",
                        "the consumer reads the published position with a plain load",
                        "spsc.offer-poll",
                        WEAK,
                        PlainTailLoad::new),
                new Mutant(
                        "published-before-copied",
                        "the position is published before the payload is there",
                        "spsc.offer-poll",
                        SC,
                        EarlyTail::new),
                new Mutant(
                        "acknowledged-before-handled",
                        "the consumer gives a message's room back before its handler ran",
                        "spsc.kill-consumer",
                        SC,
                        EarlyHead::new),
                new Mutant(
                        "acknowledged-before-read", "as above, found without a death", "spsc.wrap", SC, EarlyHead::new),
                new Mutant(
                        "no-bound",
                        "the producer does not look how far the consumer is",
                        "spsc.full",
                        SC,
                        NoBound::new),
                new Mutant("no-padding", "the end of the ring is not padded", "spsc.wrap", SC, NoPadding::new),
                new Mutant(
                        "no-heavy-fence",
                        "who goes to sleep does not fence for both sides",
                        "spsc.take",
                        TSO,
                        NoHeavyFence::new),
                new Mutant(
                        "no-heavy-fence-put",
                        "as above, for a producer that waits for room",
                        "spsc.put",
                        TSO,
                        NoHeavyFence::new),
                new Mutant("no-wake", "nobody is woken", "spsc.take", SC, NoWake::new),
                new Mutant(
                        "sleeps-unconditionally",
                        "the word is not compared when going to sleep",
                        "spsc.take",
                        SC,
                        BlindSleep::new),
                new Mutant(
                        "wakes-before-publishing",
                        "sleepers are woken before their condition is true",
                        "spsc.take",
                        SC,
                        EarlyWake::new),
                new Mutant(
                        "paused-held-for-dead",
                        "a process that says nothing for a while counts as dead",
                        "spsc.join",
                        SC,
                        Impatient::new),
                new Mutant(
                        "lease-not-atomic", "the role is taken by a look and a store", "spsc.join", SC, TornLease::new),
                new Mutant(
                        "closed-unordered",
                        "the closing of the ring may overtake the last message",
                        "spsc.close",
                        WEAK,
                        PlainClose::new),
                new Mutant(
                        "closed-without-a-second-look",
                        "the consumer does not look again after it saw that the ring is closed",
                        "spsc.close",
                        SC,
                        HastyClose::new),
                new Mutant(
                        "copy-not-looked-at-twice",
                        "the consumer does not look again of which record the copy beside TAIL is",
                        "spsc.mail-offer-poll",
                        SC,
                        HastyMail::new),
                new Mutant(
                        "copy-not-forgotten",
                        "a new producer leaves the copy of what a dead one had not published",
                        "spsc.mail-plain-successor",
                        SC,
                        OldMail::new),
                new Mutant(
                        "copy-unordered",
                        "the words of the copy may overtake the word that says of which record it is",
                        "spsc.mail-offer-poll",
                        WEAK,
                        PlainMail::new),
                new Mutant(
                        "copy-loaded-plain",
                        "the second look of which record the copy is may come before its words are read",
                        "spsc.mail-offer-poll",
                        WEAK,
                        PlainMailLoads::new));
    }

    private static final class HastyMail extends ForwardingMemory {

        private long mailOf;

        HastyMail(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            long value = target().getLongAcquire(offset);
            if (offset == SpscHandles.MAIL_OF) {
                mailOf = value;
            }
            return value;
        }

        @Override
        public long getLong(long offset) {
            return offset == SpscHandles.MAIL_OF ? mailOf : target().getLong(offset);
        }
    }

    private static final class OldMail extends ForwardingMemory {

        OldMail(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void setLong(long offset, long value) {
            if (offset != SpscHandles.MAIL_OF || value != 0) {
                target().setLong(offset, value);
            }
        }
    }

    private static final class PlainMail extends ForwardingMemory {

        PlainMail(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void setLongRelease(long offset, long value) {
            if (offset > SpscHandles.MAIL_OF && offset < SpscHandles.HEAD) {
                target().setLong(offset, value);
            } else {
                target().setLongRelease(offset, value);
            }
        }
    }

    private static final class PlainMailLoads extends ForwardingMemory {

        private static final long HEADER = SpscHandles.MAIL_OF + Long.BYTES;

        PlainMailLoads(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            boolean word = offset > HEADER && offset < SpscHandles.HEAD;
            return word ? target().getLong(offset) : target().getLongAcquire(offset);
        }
    }

    private static final class PlainTail extends ForwardingMemory {

        PlainTail(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void setLongRelease(long offset, long value) {
            if (offset == SpscHandles.TAIL) {
                target().setLong(offset, value);
            } else {
                target().setLongRelease(offset, value);
            }
        }
    }

    private static final class PlainTailLoad extends ForwardingMemory {

        PlainTailLoad(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            return offset == SpscHandles.TAIL ? target().getLong(offset) : target().getLongAcquire(offset);
        }
    }

    private static final class EarlyTail extends ForwardingMemory {

        EarlyTail(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void copyIn(long offset, byte[] source, int from, int length) {
            target().setLongRelease(SpscHandles.TAIL, target().getLong(SpscHandles.TAIL) + RECORD);
            target().copyIn(offset, source, from, length);
        }
    }

    private static final class EarlyHead extends ForwardingMemory {

        EarlyHead(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLong(long offset) {
            long header = target().getLong(offset);
            if (offset >= SpscHandles.RECORDS && header >= 0) {
                long record = Records.recordLength(Records.HEADER, Records.length(header));
                target().setLongRelease(SpscHandles.HEAD, target().getLong(SpscHandles.HEAD) + record);
            }
            return header;
        }
    }

    private static final class NoBound extends ForwardingMemory {

        NoBound(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            boolean blind = offset == SpscHandles.HEAD && name().equals("producer");
            return target().getLongAcquire(blind ? SpscHandles.TAIL : offset);
        }
    }

    private static final class NoPadding extends ForwardingMemory {

        NoPadding(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void setLong(long offset, long value) {
            if (offset < SpscHandles.RECORDS || value >= 0) {
                target().setLong(offset, value);
            }
        }
    }

    private static final class NoHeavyFence extends ForwardingMemory {

        NoHeavyFence(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void fenceHeavy() {
            // The bug: a compare-and-set came just before, so the caller itself has its fence; the others do not.
        }
    }

    private static final class NoWake extends ForwardingMemory {

        NoWake(RegionMemory memory) {
            super(memory);
        }

        @Override
        public int futexWake(long offset, int count) {
            return 0;
        }
    }

    private static final class BlindSleep extends ForwardingMemory {

        BlindSleep(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void futexWait(long offset, int expected, long timeoutNanos) {
            target().futexWait(offset, target().getIntAcquire(offset), timeoutNanos);
        }
    }

    private static final class EarlyWake extends ForwardingMemory {

        private long late;
        private boolean isLate;

        EarlyWake(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void setLongRelease(long offset, long value) {
            if (offset == SpscHandles.TAIL) {
                late = value;
                isLate = true;
            } else {
                target().setLongRelease(offset, value);
            }
        }

        @Override
        public int getInt(long offset) {
            int word = target().getInt(offset);
            if (isLate && offset == SpscHandles.DATA) {
                isLate = false;
                target().setLongRelease(SpscHandles.TAIL, late);
            }
            return word;
        }
    }

    private static final class Impatient extends ForwardingMemory {

        Impatient(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean isAlive(long token) {
            return token == selfToken() && target().isAlive(token);
        }
    }

    private static final class TornLease extends ForwardingMemory {

        TornLease(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            if (offset != SpscHandles.PRODUCER) {
                return target().compareAndSetLong(offset, expected, value);
            }
            if (target().getLongAcquire(offset) != expected) {
                return false;
            }
            target().setLongRelease(offset, value);
            return true;
        }
    }

    private static final class PlainClose extends ForwardingMemory {

        PlainClose(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            if (offset != SpscHandles.PRODUCER || expected != selfToken()) {
                return target().compareAndSetLong(offset, expected, value);
            }
            target().setLong(offset, value);
            return true;
        }
    }

    private static final class HastyClose extends ForwardingMemory {

        private long tailSeen;
        private boolean looked;

        HastyClose(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            if (offset == SpscHandles.PRODUCER) {
                looked = true;
            }
            if (offset != SpscHandles.TAIL) {
                return target().getLongAcquire(offset);
            }
            if (looked) {
                looked = false;
                return tailSeen;
            }
            tailSeen = target().getLongAcquire(offset);
            return tailSeen;
        }
    }
}
