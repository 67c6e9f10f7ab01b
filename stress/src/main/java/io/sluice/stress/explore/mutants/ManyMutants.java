package io.sluice.stress.explore.mutants;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.ringbuffer.broadcast.BroadcastHandles;
import io.sluice.ringbuffer.mpmc.MpmcHandles;
import io.sluice.ringbuffer.mpsc.MpscHandles;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.MemoryModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** What could be wrong with the rings of many: MPSC, MPMC, broadcast, as their scenarios have them. */
final class ManyMutants {

    private static final Bounds SC = new Bounds(MemoryModel.SC, 2, 0);
    private static final Bounds TSO = new Bounds(MemoryModel.TSO, 2, 1);
    private static final MpscHandles MPSC = new MpscHandles(2, 64, false);
    private static final MpscHandles TOTAL = new MpscHandles(2, 64, true);
    private static final BroadcastHandles BROADCAST = new BroadcastHandles(2, 64);
    private static final long MPMC_CAPACITY = 64;
    private static final long SETTLED = 1L << 61;

    private ManyMutants() {}

    static List<Mutant> all() {
        return List.of(
                sc("joins-uncounted", "who joins does not count up JOINS", "mpsc.two", NoJoins::new),
                sc(
                        "lane-lease-not-atomic",
                        "a lane is taken by a look and a store",
                        "mpsc.two",
                        Bugs.torn(offset -> offset == MPSC.producerOf(0))),
                sc(
                        "lane-dropped-by-an-old-look",
                        "the consumer looks at TAIL before it looks whether the lane is held",
                        "mpsc.two",
                        EarlyLook::new),
                sc("no-second-look", "what the first looks saw is delivered at once", "mpsc-total.order", OneLook::new),
                sc(
                        "joins-seen-once",
                        "the second looks leave out who has joined since the first",
                        "mpsc-total.order",
                        OldJoins::new),
                sc(
                        "ticket-not-atomic",
                        "tickets are drawn by a look and a store",
                        "mpsc-total.order-of-three",
                        Bugs.torn(offset -> offset == MpscHandles.TICKETS)),
                sc("dead-lane-trusted", "a dead producer counts as alive", "mpsc.take-from-killed", Bugs.trusting()),
                sc(
                        "unsettled-overlooked",
                        "the producer overlooks a consumer that is joining",
                        "broadcast.listen",
                        Blind::new),
                sc(
                        "settled-before-position",
                        "a consumer says that it is settled before its position is there",
                        "broadcast.rejoin",
                        LatePosition::new),
                new Mutant(
                        "gate-without-fence",
                        "the producer does not fence between its publication and its look at the consumers",
                        "broadcast.listen",
                        TSO,
                        NoFence::new),
                sc(
                        "slowest-overlooked",
                        "the producer does not look at the positions",
                        "broadcast.listen",
                        NoGate::new),
                sc(
                        "dead-cursor-trusted",
                        "a dead consumer counts as alive",
                        "broadcast.kill-consumer",
                        Bugs.trusting()),
                sc("cursor-taken-from-paused", "a paused consumer counts as dead", "broadcast.take", Bugs.impatient()),
                sc(
                        "leaver-wakes-nobody",
                        "a consumer that leaves wakes no producer",
                        "broadcast.leave",
                        memory -> new Silent(memory, 0)),
                sc(
                        "joiner-wakes-nobody",
                        "a consumer that has joined wakes no producer that it kept from computing its room",
                        "broadcast.take",
                        memory -> new Silent(memory, SETTLED)),
                sc(
                        "range-not-atomic",
                        "a range is taken by a look and a store",
                        "mpmc.share",
                        Bugs.torn(offset -> offset == MpmcHandles.taken(MPMC_CAPACITY, 0))),
                sc(
                        "intent-unconfirmed",
                        "the range before is not known to be held when TAKEN is overwritten",
                        "mpmc.kill-consumer",
                        Bugs.omitted(ManyMutants::isConfirmation)),
                sc(
                        "slot-not-atomic",
                        "a slot changes its owner by a look and a store",
                        "mpmc.kill-consumer-two-heirs",
                        Bugs.torn(ManyMutants::isOwner)),
                sc(
                        "announced-before-written",
                        "an INTENT is announced before it says what is wanted",
                        "mpmc.kill-consumer",
                        EarlyIntent::new),
                sc(
                        "acknowledged-when-taken",
                        "the producer takes what a consumer has taken for read",
                        "mpmc.full-for-one",
                        EarlyRoom::new),
                sc("return-untold", "who refuses a range tells nobody", "mpmc.refuse", NoReturn::new),
                sc(
                        "nack-dropped",
                        "who refuses a range keeps it all the same",
                        "mpmc.refuse",
                        Bugs.omitted((offset, expected, value) -> isOwner(offset) && value == 0)),
                sc("slot-taken-from-paused", "a paused consumer counts as dead", "mpmc.share", Bugs.impatient()),
                sc(
                        "dead-slot-trusted",
                        "a dead consumer counts as alive",
                        "mpmc.kill-consumer-two-heirs",
                        Bugs.trusting()),
                sc(
                        "begun-unmarked",
                        "what a dead consumer held comes to its heir as if it were new",
                        "mpmc.kill-heir",
                        Unmarked::new));
    }

    private static Mutant sc(String name, String description, String scenario, UnaryOperator<RegionMemory> bug) {
        return new Mutant(name, description, scenario, SC, bug);
    }

    private static boolean isConfirmation(long offset, long expected, long value) {
        for (int slot = 0; slot < MpmcHandles.SLOTS; slot++) {
            if (offset == MpmcHandles.state(slot)) {
                return MpmcHandles.isIntent(expected);
            }
        }
        return false;
    }

    private static boolean isOwner(long offset) {
        for (int slot = 0; slot < MpmcHandles.SLOTS; slot++) {
            if (offset == MpmcHandles.owner(slot)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLease(long offset) {
        return offset == BroadcastHandles.lease(0) || offset == BroadcastHandles.lease(1);
    }

    private static boolean isPosition(long offset) {
        return offset == BroadcastHandles.position(0) || offset == BroadcastHandles.position(1);
    }

    // ---- MPSC -----------------------------------------------------------------------------------------------------

    private static final class NoJoins extends ForwardingMemory {

        NoJoins(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getAndAddLong(long offset, long delta) {
            return target().getAndAddLong(offset, offset == MpscHandles.JOINS ? 0 : delta);
        }
    }

    private static final class EarlyLook extends ForwardingMemory {

        private final Map<Long, Long> early = new HashMap<>();

        EarlyLook(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            for (int lane = 0; lane < MPSC.lanes(); lane++) {
                if (offset == MPSC.producerOf(lane)) {
                    early.put(MPSC.tail(lane), target().getLongAcquire(MPSC.tail(lane)));
                }
            }
            Long seen = early.remove(offset);
            return seen == null ? target().getLongAcquire(offset) : seen;
        }
    }

    /** Every other look at a lane, those behind an even look at JOINS, shows what the one before has shown. */
    private static final class OneLook extends ForwardingMemory {

        private final Map<Long, Long> tails = new HashMap<>();
        private boolean second = true;

        OneLook(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            if (offset == MpscHandles.JOINS) {
                second = !second;
            }
            boolean tail = offset == TOTAL.tail(0) || offset == TOTAL.tail(1);
            if (tail && second && tails.containsKey(offset)) {
                return tails.get(offset);
            }
            long value = target().getLongAcquire(offset);
            tails.put(offset, value);
            return value;
        }
    }

    private static final class OldJoins extends ForwardingMemory {

        private long joins;
        private boolean second = true;

        OldJoins(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            if (offset != MpscHandles.JOINS) {
                return target().getLongAcquire(offset);
            }
            second = !second;
            if (!second) {
                joins = target().getLongAcquire(offset);
            }
            return joins;
        }
    }

    // ---- broadcast ------------------------------------------------------------------------------------------------

    private static final class Blind extends ForwardingMemory {

        Blind(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            long value = target().getLongAcquire(offset);
            boolean overlooked = isLease(offset) && value != selfToken() && (value & SETTLED) == 0;
            return overlooked ? 0 : value;
        }
    }

    private static final class LatePosition extends ForwardingMemory {

        private long place = -1;
        private long position;

        LatePosition(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void setLong(long offset, long value) {
            if (isPosition(offset)) {
                place = offset;
                position = value;
            } else {
                target().setLong(offset, value);
            }
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            boolean done = target().compareAndSetLong(offset, expected, value);
            if (place >= 0 && isLease(offset) && (value & SETTLED) != 0) {
                target().setLong(place, position);
                place = -1;
            }
            return done;
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

    private static final class NoGate extends ForwardingMemory {

        NoGate(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            boolean blind = isPosition(offset) && name().equals("producer");
            return target().getLongAcquire(blind ? BROADCAST.tail() : offset);
        }
    }

    /** Who has just changed its lease in one way does not look whether the producer sleeps. */
    private static final class Silent extends ForwardingMemory {

        private final long kind;
        private boolean silent;

        Silent(RegionMemory memory, long kind) {
            super(memory);
            this.kind = kind;
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            silent |= isLease(offset) && expected != 0 && (value & SETTLED) == kind;
            return target().compareAndSetLong(offset, expected, value);
        }

        @Override
        public int getInt(long offset) {
            int value = target().getInt(offset);
            if (silent && offset == BROADCAST.space()) {
                silent = false;
                return 0;
            }
            return value;
        }
    }

    // ---- MPMC -----------------------------------------------------------------------------------------------------

    private static final class NoReturn extends ForwardingMemory {

        NoReturn(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getAndAddLong(long offset, long delta) {
            return target().getAndAddLong(offset, offset == MpmcHandles.RETURNED ? 0 : delta);
        }
    }

    private static final class EarlyIntent extends ForwardingMemory {

        private static final int NONE = -1;

        private int announcing = NONE;
        private long to;
        private long current;

        EarlyIntent(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void setLongRelease(long offset, long value) {
            for (int slot = 0; slot < MpmcHandles.SLOTS; slot++) {
                if (offset == MpmcHandles.to(slot)) {
                    announcing = slot;
                    to = value;
                    return;
                }
                if (slot == announcing && offset == MpmcHandles.current(slot)) {
                    current = value;
                    return;
                }
                if (slot == announcing && offset == MpmcHandles.state(slot)) {
                    announcing = NONE;
                    target().setLongRelease(offset, value);
                    target().setLongRelease(MpmcHandles.to(slot), to);
                    target().setLongRelease(MpmcHandles.current(slot), current);
                    return;
                }
            }
            target().setLongRelease(offset, value);
        }
    }

    private static final class EarlyRoom extends ForwardingMemory {

        private static final int SPINS = 1000;

        EarlyRoom(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            for (int slot = 0; slot < MpmcHandles.SLOTS; slot++) {
                if (offset == MpmcHandles.current(slot)) {
                    return target().getLongAcquire(MpmcHandles.to(slot));
                }
            }
            return target().getLongAcquire(offset);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            boolean done = target().compareAndSetLong(offset, expected, value);
            if (done && offset == MpmcHandles.taken(MPMC_CAPACITY, 0)) {
                Bugs.linger(SPINS);
            }
            return done;
        }
    }

    /** Whoever becomes a slot's owner finds that its message was never begun. */
    private static final class Unmarked extends ForwardingMemory {

        Unmarked(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            for (int slot = 0; slot < MpmcHandles.SLOTS; slot++) {
                if (offset == MpmcHandles.attempt(slot)) {
                    return MpmcHandles.unbegun(target().getLongAcquire(MpmcHandles.current(slot)));
                }
            }
            return target().getLongAcquire(offset);
        }
    }
}
