package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.SignallingSemaphores;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link SignallingSemaphores} must see. */
public final class SignallingTwins {

    private SignallingTwins() {}

    @JCStressTest
    @BrokenTwin(of = SignallingSemaphores.OnePermit.class, mutant = "semaphore-not-atomic")
    @State
    public static class NotAtomic extends SignallingSemaphores.OnePermit {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("semaphore-not-atomic").bug();

        NotAtomic() {
            super(BUG);
        }

        @Override
        @Actor
        protected void first(III_Result r) {
            super.first(r);
        }

        @Override
        @Actor
        protected void second(III_Result r) {
            super.second(r);
        }

        @Override
        @Arbiter
        protected void rest(III_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = SignallingSemaphores.Count.class, mutant = "semaphore-not-atomic")
    @State
    public static class CountNotAtomic extends SignallingSemaphores.Count {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("semaphore-not-atomic").bug();

        CountNotAtomic() {
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
        protected void sum(II_Result r) {
            super.sum(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = SignallingSemaphores.ReleaseBoth.class, mutant = "semaphore-not-atomic")
    @State
    public static class ReleaseNotAtomic extends SignallingSemaphores.ReleaseBoth {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("semaphore-not-atomic").bug();

        ReleaseNotAtomic() {
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
        protected void sum(I_Result r) {
            super.sum(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = SignallingSemaphores.AllOrNothing.class, mutant = "semaphore-not-atomic")
    @State
    public static class AllOrNothingNotAtomic extends SignallingSemaphores.AllOrNothing {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("semaphore-not-atomic").bug();

        AllOrNothingNotAtomic() {
            super(BUG);
        }

        @Override
        @Actor
        protected void greedy(III_Result r) {
            super.greedy(r);
        }

        @Override
        @Actor
        protected void modest(III_Result r) {
            super.modest(r);
        }

        @Override
        @Arbiter
        protected void rest(III_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = SignallingSemaphores.Signal.class)
    @State
    public static class ReleasedBeforeWritten extends SignallingSemaphores.Signal {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.late(WORD, RegionHeaderLayout.BODY);

        ReleasedBeforeWritten() {
            super(BUG);
        }

        @Override
        @Actor
        protected void releaser() {
            super.releaser();
        }

        @Override
        @Actor
        protected void acquirer(II_Result r) {
            super.acquirer(r);
        }
    }
}
