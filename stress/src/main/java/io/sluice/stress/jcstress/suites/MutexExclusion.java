package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.Sleepers;
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
import org.openjdk.jcstress.infra.results.I_Result;

/** Mutex: one owner at a time, and what it wrote. */
@SuppressWarnings("LockNotBeforeTry") // nothing between can throw, and a try block is not free
public final class MutexExclusion {

    private MutexExclusion() {}

    @JCStressTest
    @Description("Two processes lock, count and unlock")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both counted")
    @Outcome(expect = FORBIDDEN, desc = "both were inside: an update was lost")
    @State
    public static class Count extends MutexPair {

        Count() {
            this(UnaryOperator.identity());
        }

        protected Count(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void first() {
            count(leftMutex, left);
        }

        @Actor
        protected void second() {
            count(rightMutex, right);
        }

        @Arbiter
        protected void sum(I_Result r) {
            r.r1 = (int) left.getLong(FIRST);
        }
    }

    @JCStressTest
    @Description("Two threads of one process lock, count and unlock")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both counted")
    @Outcome(expect = FORBIDDEN, desc = "both were inside: an update was lost")
    @State
    public static class CountInOneProcess extends MutexPair {

        CountInOneProcess() {
            super(UnaryOperator.identity());
        }

        @Actor
        void first() {
            count(leftMutex, left);
        }

        @Actor
        void second() {
            count(leftMutex, left);
        }

        @Arbiter
        protected void sum(I_Result r) {
            r.r1 = (int) left.getLong(FIRST);
        }
    }

    @JCStressTest
    @Description("Two processes try to lock, and count if they can")
    @Outcome(
            id = {"2, 2, 2", "2, 0, 1", "0, 2, 1"},
            expect = ACCEPTABLE,
            desc = "as many counted as got it")
    @Outcome(expect = FORBIDDEN, desc = "both were inside, or none got it")
    @State
    public static class TryLock extends MutexPair {

        TryLock() {
            this(UnaryOperator.identity());
        }

        protected TryLock(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void first(III_Result r) {
            r.r1 = tryOnce(leftMutex);
            if (r.r1 == FREE) {
                left.setLong(FIRST, left.getLong(FIRST) + 1);
                unlock(leftMutex);
            }
        }

        @Actor
        protected void second(III_Result r) {
            r.r2 = tryOnce(rightMutex);
            if (r.r2 == FREE) {
                right.setLong(FIRST, right.getLong(FIRST) + 1);
                unlock(rightMutex);
            }
        }

        @Arbiter
        protected void sum(III_Result r) {
            r.r3 = (int) left.getLong(FIRST);
        }
    }

    @JCStressTest
    @Description("One process changes two words under the mutex, another one reads them under it")
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "before the change or after it")
    @Outcome(expect = FORBIDDEN, desc = "in the middle of the change, or without all of it")
    @State
    public static class Visibility extends MutexPair {

        Visibility() {
            this(UnaryOperator.identity());
        }

        protected Visibility(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void writer() {
            leftMutex.lock();
            left.setLong(FIRST, 1);
            left.setLong(SECOND, 1);
            leftMutex.unlock();
        }

        @Actor
        protected void reader(II_Result r) {
            rightMutex.lock();
            r.r2 = (int) right.getLong(SECOND);
            r.r1 = (int) right.getLong(FIRST);
            rightMutex.unlock();
        }
    }

    @JCStressTest
    @Description("Two owners draw fencing tokens")
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "the later owner's is the higher")
    @Outcome(expect = FORBIDDEN, desc = "the same, or one left out")
    @State
    public static class FencingTokens extends MutexPair {

        FencingTokens() {
            this(UnaryOperator.identity());
        }

        protected FencingTokens(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void first(II_Result r) {
            leftMutex.lock();
            r.r1 = (int) leftMutex.fencingToken();
            leftMutex.unlock();
        }

        @Actor
        protected void second(II_Result r) {
            rightMutex.lock();
            r.r2 = (int) rightMutex.fencingToken();
            rightMutex.unlock();
        }
    }

    @JCStressTest
    @Description("An owner unlocks, and another process is about to sleep")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "the sleeper saw it free, or was seen")
    @Outcome(expect = FORBIDDEN, desc = "a lost wake-up: it would sleep, and the word still says so")
    @State
    public static class UnlockWake extends MutexPair {

        UnlockWake() {
            this(UnaryOperator.identity());
        }

        protected UnlockWake(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void owner() {
            leftMutex.lock();
            leftMutex.unlock();
        }

        @Actor
        protected void sleeper(II_Result r) {
            Sleepers.announce(right, MutexPlaces.WAKE);
            r.r1 = right.getLongAcquire(MutexPlaces.WORD) == 0 ? 0 : 1;
        }

        @Arbiter
        protected void asleep(II_Result r) {
            r.r2 = Sleepers.areAnnounced(right, MutexPlaces.WAKE) ? 1 : 0;
        }
    }
}
