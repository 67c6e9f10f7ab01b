package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
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

/** Signalling semaphore: a count that is never wrong, and what was done before a release. */
public final class SignallingSemaphores {

    private SignallingSemaphores() {}

    @JCStressTest
    @Description("Two processes want the one permit")
    @Outcome(
            id = {"0, 1, 0", "1, 0, 0"},
            expect = ACCEPTABLE,
            desc = "one got it")
    @Outcome(expect = FORBIDDEN, desc = "both, or none")
    @State
    public static class OnePermit extends SignallingPair {

        OnePermit() {
            this(UnaryOperator.identity());
        }

        protected OnePermit(UnaryOperator<RegionMemory> bug) {
            super(1, 1, bug);
        }

        @Actor
        protected void first(III_Result r) {
            r.r1 = leftPermits.tryAcquire() ? 1 : 0;
        }

        @Actor
        protected void second(III_Result r) {
            r.r2 = rightPermits.tryAcquire() ? 1 : 0;
        }

        @Arbiter
        protected void rest(III_Result r) {
            r.r3 = leftPermits.availablePermits();
        }
    }

    @JCStressTest
    @Description("Two processes count, each with the one permit")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "both counted, and the permit is back")
    @Outcome(expect = FORBIDDEN, desc = "both were inside, or a permit was lost or invented")
    @State
    public static class Count extends SignallingPair {

        Count() {
            this(UnaryOperator.identity());
        }

        protected Count(UnaryOperator<RegionMemory> bug) {
            super(1, 1, bug);
        }

        @Actor
        protected void first() {
            count(leftPermits, left);
        }

        @Actor
        protected void second() {
            count(rightPermits, right);
        }

        @Arbiter
        protected void sum(II_Result r) {
            r.r1 = (int) left.getLong(WORD);
            r.r2 = leftPermits.availablePermits();
        }
    }

    @JCStressTest
    @Description("Something is written and a permit released; who gets the permit reads it")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "no permit yet")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the permit and what was written before")
    @Outcome(expect = FORBIDDEN, desc = "the permit without what was written before")
    @State
    public static class Signal extends SignallingPair {

        Signal() {
            this(UnaryOperator.identity());
        }

        protected Signal(UnaryOperator<RegionMemory> bug) {
            super(0, 1, bug);
        }

        @Actor
        protected void releaser() {
            left.setLong(WORD, 1);
            leftPermits.release();
        }

        @Actor
        protected void acquirer(II_Result r) {
            if (rightPermits.tryAcquire()) {
                r.r1 = 1;
                r.r2 = (int) right.getLong(WORD);
            }
        }
    }

    @JCStressTest
    @Description("Two processes release a permit each")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "two")
    @Outcome(expect = FORBIDDEN, desc = "one was lost")
    @State
    public static class ReleaseBoth extends SignallingPair {

        ReleaseBoth() {
            this(UnaryOperator.identity());
        }

        protected ReleaseBoth(UnaryOperator<RegionMemory> bug) {
            super(0, 2, bug);
        }

        @Actor
        protected void first() {
            leftPermits.release();
        }

        @Actor
        protected void second() {
            rightPermits.release();
        }

        @Arbiter
        protected void sum(I_Result r) {
            r.r1 = leftPermits.availablePermits();
        }
    }

    @JCStressTest
    @Description("Two releases of which the maximum allows one")
    @Outcome(
            id = {"1, 0, 1", "0, 1, 1"},
            expect = ACCEPTABLE,
            desc = "one was refused")
    @Outcome(expect = FORBIDDEN, desc = "both, or none, or a wrong count")
    @State
    public static class Maximum extends SignallingPair {

        Maximum() {
            super(0, 1, UnaryOperator.identity());
        }

        @Actor
        void first(III_Result r) {
            try {
                leftPermits.release();
                r.r1 = 1;
            } catch (IllegalStateException e) {
                r.r1 = 0;
            }
        }

        @Actor
        void second(III_Result r) {
            try {
                rightPermits.release();
                r.r2 = 1;
            } catch (IllegalStateException e) {
                r.r2 = 0;
            }
        }

        @Arbiter
        protected void sum(III_Result r) {
            r.r3 = leftPermits.availablePermits();
        }
    }

    @JCStressTest
    @Description("One process wants both permits, another one of them")
    @Outcome(
            id = {"2, 0, 0", "0, 1, 1"},
            expect = ACCEPTABLE,
            desc = "all or nothing")
    @Outcome(expect = FORBIDDEN, desc = "some of what was asked for, or permits lost")
    @State
    public static class AllOrNothing extends SignallingPair {

        AllOrNothing() {
            this(UnaryOperator.identity());
        }

        protected AllOrNothing(UnaryOperator<RegionMemory> bug) {
            super(2, 2, bug);
        }

        @Actor
        protected void greedy(III_Result r) {
            r.r1 = leftPermits.tryAcquire(2) ? 2 : 0;
        }

        @Actor
        protected void modest(III_Result r) {
            r.r2 = rightPermits.tryAcquire(1) ? 1 : 0;
        }

        @Arbiter
        protected void rest(III_Result r) {
            r.r3 = leftPermits.availablePermits();
        }
    }

    @JCStressTest
    @Description("One process takes all there are, another one adds one")
    @Outcome(
            id = {"2, 1", "3, 0"},
            expect = ACCEPTABLE,
            desc = "the new one is among them, or there")
    @Outcome(expect = FORBIDDEN, desc = "a permit lost or invented")
    @State
    public static class DrainOrRelease extends SignallingPair {

        DrainOrRelease() {
            super(2, 3, UnaryOperator.identity());
        }

        @Actor
        void drainer(II_Result r) {
            r.r1 = leftPermits.drainPermits();
        }

        @Actor
        void releaser() {
            rightPermits.release();
        }

        @Arbiter
        protected void rest(II_Result r) {
            r.r2 = leftPermits.availablePermits();
        }
    }
}
