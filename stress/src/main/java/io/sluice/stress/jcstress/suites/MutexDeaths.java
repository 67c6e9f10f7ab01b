package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.mutex.Mutex;
import io.sluice.locks.mutex.MutexPlaces;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Mutex: owners that die, owners that are wrongly held for dead. Results: 0 refused, 1 told, 2 free, 3 unusable. */
public final class MutexDeaths {

    private MutexDeaths() {}

    @JCStressTest
    @Description("An owner dies in the middle of a change, another process tries to lock")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused: it lived")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "told, and sees what the dead owner wrote")
    @Outcome(id = "2, 0", expect = ACCEPTABLE, desc = "free: it had not begun")
    @Outcome(expect = FORBIDDEN, desc = "not told, or what the dead owner wrote is not there")
    @State
    public static class HandOver extends MutexPair {

        HandOver() {
            this(UnaryOperator.identity());
        }

        protected HandOver(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void owner() {
            leftMutex.lock();
            left.setLong(FIRST, 1);
            slot.kill(0);
        }

        @Actor
        protected void heir(II_Result r) {
            r.r1 = tryOnce(rightMutex);
            if (r.r1 == TOLD || r.r1 == FREE) {
                r.r2 = (int) right.getLong(FIRST);
                rightMutex.markConsistent();
                rightMutex.unlock();
            }
        }
    }

    @JCStressTest
    @Description("The owner is dead, and two processes try to lock; who is told repairs and unlocks")
    @Outcome(
            id = {"1, 0", "0, 1", "1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "one is told; the other finds it held, or repaired")
    @Outcome(expect = FORBIDDEN, desc = "both told, none told, or one let in without being told")
    @State
    public static class TwoHeirs extends MutexPair {

        TwoHeirs() {
            this(UnaryOperator.identity());
        }

        @SuppressWarnings("this-escape") // Nothing that a subclass could override looks at it.
        protected TwoHeirs(UnaryOperator<RegionMemory> bug) {
            super(bug);
            dieInside();
        }

        @Actor
        protected void first(II_Result r) {
            r.r1 = tryOnce(leftMutex);
            if (r.r1 == TOLD) {
                repair(leftMutex);
            }
        }

        @Actor
        protected void second(II_Result r) {
            r.r2 = tryOnce(rightMutex);
            if (r.r2 == TOLD) {
                repair(rightMutex);
            }
        }
    }

    @JCStressTest
    @Description("The owner is dead, and two processes try to lock; who is told unlocks without repair")
    @Outcome(
            id = {"1, 0", "0, 1", "1, 3", "3, 1"},
            expect = ACCEPTABLE,
            desc = "one is told; the other finds it held, or unusable")
    @Outcome(expect = FORBIDDEN, desc = "given away though nobody repaired")
    @State
    public static class Unrepaired extends MutexPair {

        Unrepaired() {
            this(UnaryOperator.identity());
        }

        @SuppressWarnings("this-escape") // Nothing that a subclass could override looks at it.
        protected Unrepaired(UnaryOperator<RegionMemory> bug) {
            super(bug);
            dieInside();
        }

        @Actor
        protected void first(II_Result r) {
            r.r1 = tryOnce(leftMutex);
            if (r.r1 == TOLD) {
                unlock(leftMutex);
            }
        }

        @Actor
        protected void second(II_Result r) {
            r.r2 = tryOnce(rightMutex);
            if (r.r2 == TOLD) {
                unlock(rightMutex);
            }
        }
    }

    @JCStressTest
    @Description(
            "The owner is dead; a first heir dies before it has repaired, a second one tries, a third one comes later")
    @Outcome(id = "1, 0, 1", expect = ACCEPTABLE, desc = "the first was told and died, the third is told")
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "the second was told after the first, and repaired")
    @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "the second was told and held it, and repaired")
    @Outcome(id = "2, 1, 1", expect = ACCEPTABLE, desc = "the second repaired, the first died as an owner")
    @Outcome(expect = FORBIDDEN, desc = "a death that nobody was told of, or told twice")
    @State
    public static class HeirDies extends MutexPair {

        HeirDies() {
            super(UnaryOperator.identity());
            dieInside();
        }

        @Actor
        void mortal(III_Result r) {
            r.r1 = tryOnce(leftMutex);
            slot.kill(0);
        }

        @Actor
        void second(III_Result r) {
            r.r2 = tryOnce(rightMutex);
            if (r.r2 == TOLD) {
                rightMutex.markConsistent();
                rightMutex.unlock();
            }
        }

        @Arbiter
        protected void third(III_Result r) {
            r.r3 = tryOnce(later());
        }
    }

    @JCStressTest
    @Description("An heir repairs and unlocks, another process locks and reads")
    @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "refused")
    @Outcome(id = "2, 5, 5", expect = ACCEPTABLE, desc = "free, and the repair is there as a whole")
    @Outcome(expect = FORBIDDEN, desc = "let in before the repair, or without all of it")
    @State
    public static class RepairVisible extends MutexPair {

        private final Mutex heir;

        RepairVisible() {
            this(UnaryOperator.identity());
        }

        @SuppressWarnings("this-escape") // Nothing that a subclass could override looks at it.
        protected RepairVisible(UnaryOperator<RegionMemory> bug) {
            super(bug);
            dieInside();
            heir = leftMutex;
            heir.onOwnerDeath(death -> {
                left.setLong(FIRST, 5);
                left.setLong(SECOND, 5);
            });
        }

        @Actor
        protected void heir() {
            if (heir.tryLock()) {
                heir.unlock();
            }
        }

        @Actor
        protected void reader(III_Result r) {
            // Alive as far as anybody here knows: only the heir takes from the dead.
            if (right.getLongAcquire(MutexPlaces.WORD) == 0) {
                r.r1 = tryOnce(rightMutex);
                r.r3 = (int) right.getLong(SECOND);
                r.r2 = (int) right.getLong(FIRST);
            }
        }
    }

    @JCStressTest
    @Description("An owner is wrongly held for dead while it changes something and unlocks")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "unlocked; the other was refused")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "unlocked; the other found it free")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "the other was told, and the owner finds out on unlocking")
    @Outcome(expect = FORBIDDEN, desc = "both believe that it was theirs")
    @State
    public static class WrongVerdict extends MutexPair {

        WrongVerdict() {
            this(UnaryOperator.identity());
        }

        protected WrongVerdict(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void owner(II_Result r) {
            leftMutex.lock();
            left.setLong(FIRST, 1);
            r.r1 = unlock(leftMutex) ? 1 : 2;
        }

        @Actor
        protected void heir(II_Result r) {
            slot.kill(0);
            r.r2 = tryOnce(rightMutex);
            if (r.r2 == FREE) {
                rightMutex.unlock();
            }
        }
    }

    @JCStressTest
    @Description("Two processes reset an unusable mutex")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one did")
    @Outcome(expect = FORBIDDEN, desc = "both, or none")
    @State
    public static class Reset extends MutexPair {

        Reset() {
            super(UnaryOperator.identity());
            dieInside();
            tryOnce(leftMutex);
            leftMutex.unlock();
        }

        @Actor
        void first(II_Result r) {
            r.r1 = leftMutex.reset() ? 1 : 0;
        }

        @Actor
        void second(II_Result r) {
            r.r2 = rightMutex.reset() ? 1 : 0;
        }
    }
}
