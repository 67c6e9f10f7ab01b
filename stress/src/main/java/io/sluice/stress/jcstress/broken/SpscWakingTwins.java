package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.SpscWaking;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link SpscWaking} must see. */
public final class SpscWakingTwins {

    private SpscWakingTwins() {}

    @JCStressTest
    @BrokenTwin(of = SpscWaking.DataWake.class, mutant = "no-heavy-fence")
    @State
    public static class NoHeavyFence extends SpscWaking.DataWake {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("no-heavy-fence").bug();

        NoHeavyFence() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer(II_Result r) {
            super.consumer(r);
        }

        @Override
        @Arbiter
        protected void asleep(II_Result r) {
            super.asleep(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = SpscWaking.SpaceWake.class, mutant = "no-heavy-fence-put")
    @State
    public static class NoHeavyFencePut extends SpscWaking.SpaceWake {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("no-heavy-fence-put").bug();

        NoHeavyFencePut() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer(II_Result r) {
            super.producer(r);
        }

        @Override
        @Actor
        protected void consumer() {
            super.consumer();
        }

        @Override
        @Arbiter
        protected void asleep(II_Result r) {
            super.asleep(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = SpscWaking.DataWake.class, mutant = "wakes-before-publishing")
    @State
    public static class WakesBeforePublishing extends SpscWaking.DataWake {

        private static final UnaryOperator<RegionMemory> BUG = StructureBugs.EarlyWake::new;

        WakesBeforePublishing() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer(II_Result r) {
            super.consumer(r);
        }

        @Override
        @Arbiter
        protected void asleep(II_Result r) {
            super.asleep(r);
        }
    }
}
