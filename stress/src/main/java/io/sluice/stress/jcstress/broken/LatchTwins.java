package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.latch.LatchPlaces;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.Latches;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link Latches} must see. */
public final class LatchTwins {

    private LatchTwins() {}

    @JCStressTest
    @BrokenTwin(of = Latches.CountDown.class)
    @State
    public static class NotAtomic extends Latches.CountDown {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.torn(offset -> offset >= LatchPlaces.count(0));

        NotAtomic() {
            super(BUG);
        }

        @Override
        @Actor
        protected void first() {
            super.first();
        }

        @Override
        @Actor
        protected void second() {
            super.second();
        }

        @Override
        @Arbiter
        protected void rest(I_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = Latches.Promises.class)
    @State
    public static class PromiseNotAtomic extends Latches.Promises {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.torn(offset -> offset >= LatchPlaces.count(0));

        PromiseNotAtomic() {
            super(BUG);
        }

        @Override
        @Actor
        protected void first() {
            super.first();
        }

        @Override
        @Actor
        protected void second() {
            super.second();
        }

        @Override
        @Arbiter
        protected void rest(I_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = Latches.Visibility.class)
    @State
    public static class CountedBeforeWritten extends Latches.Visibility {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.late(WORD, LatchPlaces.count(1));

        CountedBeforeWritten() {
            super(BUG);
        }

        @Override
        @Actor
        protected void counter() {
            super.counter();
        }

        @Override
        @Actor
        protected void waiter(II_Result r) {
            super.waiter(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = Latches.WrongVerdict.class)
    @State
    public static class KeptBlindly extends Latches.WrongVerdict {

        private static final UnaryOperator<RegionMemory> BUG =
                Bugs.blind((offset, expected, value) -> offset == LatchPlaces.count(1) && expected != 0);

        KeptBlindly() {
            super(BUG);
        }

        @Override
        @Actor
        protected void keeper(II_Result r) {
            super.keeper(r);
        }

        @Override
        @Actor
        protected void judge() {
            super.judge();
        }

        @Override
        @Arbiter
        protected void verdict(II_Result r) {
            super.verdict(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = Latches.BrokenPromise.class)
    @State
    public static class BelievesTheDead extends Latches.BrokenPromise {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.trusting();

        BelievesTheDead() {
            super(BUG);
        }

        @Override
        @Actor
        protected void first(II_Result r) {
            super.first(r);
        }

        @Override
        @Actor
        protected void second(II_Result r) {
            super.second(r);
        }
    }
}
