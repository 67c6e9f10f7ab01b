package io.sluice.stress.explore.mutants;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.locks.mutex.MutexPlaces;
import io.sluice.locks.semaphore.AccountablePlaces;
import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.MemoryModel;
import java.util.List;

/** What could be wrong with the mutex and the semaphores. */
final class LockMutants {

    private static final Bounds SC = new Bounds(MemoryModel.SC, 2, 0);
    private static final Bounds WEAK = new Bounds(MemoryModel.WEAK, 2, 1);

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
                        "semaphore-not-atomic",
                        "a permit is taken by a look and a store",
                        "semaphore.bounded",
                        SC,
                        TornWord::new),
                new Mutant("semaphore-no-wake", "a release wakes nobody", "semaphore.hand-over", SC, NoWake::new),
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
