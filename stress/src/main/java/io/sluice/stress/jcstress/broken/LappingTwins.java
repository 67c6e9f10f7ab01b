package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.BroadcastLapping;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link BroadcastLapping} must see. */
public final class LappingTwins {

    private LappingTwins() {}

    @JCStressTest
    @BrokenTwin(of = BroadcastLapping.OverwriteWhileRead.class, mutant = "gone-overlooked")
    @State
    public static class GoneOverlooked extends BroadcastLapping.OverwriteWhileRead {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("gone-overlooked").bug();

        GoneOverlooked() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer() {
            super.consumer();
        }

        @Override
        @Arbiter
        protected void rest(I_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = BroadcastLapping.OverwriteWhileRead.class, mutant = "gone-looked-at-first")
    @State
    public static class GoneLookedAtFirst extends BroadcastLapping.OverwriteWhileRead {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("gone-looked-at-first").bug();

        GoneLookedAtFirst() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer() {
            super.consumer();
        }

        @Override
        @Arbiter
        protected void rest(I_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = BroadcastLapping.LapAgain.class, mutant = "gone-after-overwriting")
    @State
    public static class GoneAfterOverwriting extends BroadcastLapping.LapAgain {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("gone-after-overwriting").bug();

        GoneAfterOverwriting() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer() {
            super.consumer();
        }

        @Override
        @Arbiter
        protected void rest(I_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = BroadcastLapping.LapAgain.class, mutant = "resumes-at-gone")
    @State
    public static class ResumesAtGone extends BroadcastLapping.LapAgain {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("resumes-at-gone").bug();

        ResumesAtGone() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer() {
            super.consumer();
        }

        @Override
        @Arbiter
        protected void rest(I_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = BroadcastLapping.OverwriteWhileRead.class, mutant = "newer-after-gone")
    @State
    public static class NewerAfterGone extends BroadcastLapping.OverwriteWhileRead {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("newer-after-gone").bug();

        NewerAfterGone() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer() {
            super.consumer();
        }

        @Override
        @Arbiter
        protected void rest(I_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(
            of = BroadcastLapping.OverwriteWhileRead.class,
            mutant = "gone-without-fence",
            hiddenOnX86 = "stores stay in order on x86, and so do loads; on Arm the copy may be read behind GONE")
    @State
    public static class GoneWithoutFence extends BroadcastLapping.OverwriteWhileRead {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("gone-without-fence").bug();

        GoneWithoutFence() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer() {
            super.consumer();
        }

        @Override
        @Arbiter
        protected void rest(I_Result r) {
            super.rest(r);
        }
    }
}
