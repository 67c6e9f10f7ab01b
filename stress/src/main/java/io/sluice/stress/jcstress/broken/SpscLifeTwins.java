package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.SpscLife;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link SpscLife} must see. */
public final class SpscLifeTwins {

    private SpscLifeTwins() {}

    @JCStressTest
    @BrokenTwin(of = SpscLife.OfferClose.class, mutant = "closed-without-a-second-look")
    @State
    public static class ClosedWithoutASecondLook extends SpscLife.OfferClose {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("closed-without-a-second-look").bug();

        ClosedWithoutASecondLook() {
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
    }

    @JCStressTest
    @BrokenTwin(
            of = SpscLife.OfferClose.class,
            mutant = "closed-unordered",
            hiddenOnX86 =
                    "x86 keeps a processor's stores in order and C2 leaves these as they are; seen on ARM or POWER")
    @State
    public static class ClosedUnordered extends SpscLife.OfferClose {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("closed-unordered").bug();

        ClosedUnordered() {
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
    }

    @JCStressTest
    @BrokenTwin(of = SpscLife.ProducersJoin.class, mutant = "lease-not-atomic")
    @State
    public static class LeaseNotAtomic extends SpscLife.ProducersJoin {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("lease-not-atomic").bug();

        LeaseNotAtomic() {
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

    @JCStressTest
    @BrokenTwin(of = SpscLife.LeaveJoin.class, mutant = "paused-held-for-dead")
    @State
    public static class PausedHeldForDead extends SpscLife.LeaveJoin {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("paused-held-for-dead").bug();

        PausedHeldForDead() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void successor(III_Result r) {
            super.successor(r);
        }

        @Override
        @Arbiter
        protected void rest(III_Result r) {
            super.rest(r);
        }
    }
}
