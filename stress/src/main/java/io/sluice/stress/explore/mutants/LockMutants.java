package io.sluice.stress.explore.mutants;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.locks.mutex.MutexPlaces;
import io.sluice.locks.semaphore.AccountablePlaces;
import io.sluice.locks.semaphore.SignallingPlaces;
import io.sluice.locks.support.WaitListPlaces;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.MemoryModel;
import java.util.List;

/** What could be wrong with the mutex and the semaphores. */
final class LockMutants {

    private static final Bounds SC = new Bounds(MemoryModel.SC, 2, 0);
    private static final Bounds WEAK = new Bounds(MemoryModel.WEAK, 2, 1);
    private static final WaitListPlaces QUEUE = new WaitListPlaces(SignallingPlaces.WAITERS);

    private LockMutants() {}

    static List<Mutant> all() {
        return List.of(
                new Mutant("mutex-not-atomic", "it is taken by a look and a store", "mutex.two", SC, TornWord::new),
                new Mutant(
                        "mutex-unlocked-plain",
                        "unlocking is a plain store, which what it protects may be late for",
                        "mutex.two",
                        WEAK,
                        PlainUnlock::new),
                new Mutant("mutex-no-wake", "unlocking wakes nobody", "mutex.two", SC, NoWake::new),
                new Mutant(
                        "mutex-taken-from-paused",
                        "an owner that says nothing for a while counts as dead",
                        "mutex.two",
                        SC,
                        Impatient::new),
                new Mutant(
                        "mutex-taken-from-dead-twice",
                        "whoever finds the owner dead takes the mutex, whatever the word is by then",
                        "mutex.unrepaired",
                        SC,
                        BlindHeir::new),
                new Mutant(
                        "token-drawn-behind-the-look",
                        "an owner looks whether the mutex is still its own before it draws its token",
                        "mutex.wrong-verdict",
                        SC,
                        LateDraw::new),
                new Mutant(
                        "semaphore-not-atomic",
                        "a permit is taken by a look and a store",
                        "semaphore.bounded",
                        SC,
                        TornWord::new),
                new Mutant("semaphore-no-wake", "a release wakes nobody", "semaphore.hand-over", SC, NoWake::new),
                new Mutant(
                        "queue-jumped",
                        "a waiter takes permits whoever is ahead of it",
                        "semaphore.in-turn",
                        SC,
                        Pushing::new),
                new Mutant(
                        "queue-never-left",
                        "who has got its permits keeps its place in front",
                        "semaphore.hand-over-fair",
                        SC,
                        Bugs.omitted((offset, expected, value) ->
                                value == 0 && (QUEUE.isTicket(offset) || QUEUE.isOwner(offset)))),
                new Mutant(
                        "queue-left-silently",
                        "who leaves its place wakes nobody",
                        "semaphore.hand-over-fair",
                        SC,
                        SilentLeaver::new),
                new Mutant(
                        "queue-believes-the-dead",
                        "those ahead are not asked whether they live",
                        "semaphore.kill-waiter",
                        SC,
                        Trusting::new),
                new Mutant(
                        "ledger-not-atomic",
                        "a change of the ledger is made by a look and a store",
                        "accountable.one",
                        SC,
                        TornWord::new),
                new Mutant(
                        "ledger-believes-the-dead",
                        "holders are not asked whether they live",
                        "accountable.kill",
                        SC,
                        Trusting::new),
                new Mutant(
                        "ledger-settled-unbooked",
                        "a change is said to be booked as soon as it is made",
                        "accountable.both",
                        SC,
                        SettledUnbooked::new),
                new Mutant(
                        "ledger-settled-plain",
                        "that a change is booked is a plain store, which the booking may be late for",
                        "accountable.kill-settler",
                        WEAK,
                        PlainSettled::new));
    }

    /** The first word of a lock decides: here its compare-and-set is two steps. */
    private static final class TornWord extends ForwardingMemory {

        TornWord(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            if (offset != RegionHeaderLayout.BODY) {
                return target().compareAndSetLong(offset, expected, value);
            }
            if (target().getLongAcquire(offset) != expected) {
                return false;
            }
            target().setLongRelease(offset, value);
            target().fullFence();
            return true;
        }
    }

    private static final class SettledUnbooked extends ForwardingMemory {

        SettledUnbooked(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            boolean made = target().compareAndSetLong(offset, expected, value);
            if (made && offset == AccountablePlaces.STATE) {
                target().setLongRelease(AccountablePlaces.SETTLED, AccountablePlaces.number(value));
            }
            return made;
        }
    }

    private static final class PlainSettled extends ForwardingMemory {

        PlainSettled(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            if (!AccountablePlaces.isBooked(offset)) {
                return target().compareAndSetLong(offset, expected, value);
            }
            if (target().getLongAcquire(offset) != expected) {
                return false;
            }
            target().setLong(offset, value);
            return true;
        }

        @Override
        public void setLongRelease(long offset, long value) {
            if (offset == AccountablePlaces.SETTLED) {
                target().setLong(offset, value);
            } else {
                target().setLongRelease(offset, value);
            }
        }
    }

    private static final class PlainUnlock extends ForwardingMemory {

        PlainUnlock(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            if (offset == MutexPlaces.WORD && value == 0) {
                target().setLong(offset, value);
                return true;
            }
            return target().compareAndSetLong(offset, expected, value);
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

    private static final class Impatient extends ForwardingMemory {

        Impatient(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean isAlive(long token) {
            return token == selfToken() && target().isAlive(token);
        }

        @Override
        public void futexWait(long offset, int expected, long timeoutNanos) {
            // Its patience has come to its end at once.
        }
    }

    private static final class BlindHeir extends ForwardingMemory {

        BlindHeir(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            boolean heir = offset == MutexPlaces.WORD && expected != 0 && (value & MutexPlaces.INCONSISTENT) != 0;
            if (heir && expected != value) {
                target().setLongRelease(offset, value);
                target().fullFence();
                return true;
            }
            return target().compareAndSetLong(offset, expected, value);
        }
    }

    private static final class LateDraw extends ForwardingMemory {

        private boolean looked;
        private long seen;

        LateDraw(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getAndAddLong(long offset, long delta) {
            if (offset == MutexPlaces.FENCE) {
                looked = true;
                seen = target().getLongAcquire(MutexPlaces.WORD);
            }
            return target().getAndAddLong(offset, delta);
        }

        @Override
        public long getLongAcquire(long offset) {
            if (looked && offset == MutexPlaces.WORD) {
                looked = false;
                return seen;
            }
            return target().getLongAcquire(offset);
        }
    }

    /** Every ticket seems to be a later one. */
    private static final class Pushing extends ForwardingMemory {

        Pushing(RegionMemory memory) {
            super(memory);
        }

        @Override
        public long getLongAcquire(long offset) {
            long value = target().getLongAcquire(offset);
            return value != 0 && QUEUE.isTicket(offset) ? Long.MAX_VALUE : value;
        }
    }

    /** Who has just given its place up does not look whether anybody sleeps. */
    private static final class SilentLeaver extends ForwardingMemory {

        private boolean silent;

        SilentLeaver(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            silent |= value == 0 && QUEUE.isOwner(offset);
            return target().compareAndSetLong(offset, expected, value);
        }

        @Override
        public int getInt(long offset) {
            if (silent && offset == SignallingPlaces.WAKE) {
                silent = false;
                return 0;
            }
            return target().getInt(offset);
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
