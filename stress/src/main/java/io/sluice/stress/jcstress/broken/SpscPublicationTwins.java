package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.SpscPublication;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link SpscPublication} must see. */
public final class SpscPublicationTwins {

    private SpscPublicationTwins() {}

    @JCStressTest
    @BrokenTwin(of = SpscPublication.OfferPoll.class, mutant = "published-before-copied")
    @State
    public static class PublishedBeforeCopied extends SpscPublication.OfferPoll {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("published-before-copied").bug();

        PublishedBeforeCopied() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer(I_Result r) {
            super.consumer(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = SpscPublication.StageFlush.class, mutant = "published-before-copied")
    @State
    public static class PublishedWhenStaged extends SpscPublication.StageFlush {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("published-before-copied").bug();

        PublishedWhenStaged() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer(I_Result r) {
            super.consumer(r);
        }
    }

    @JCStressTest
    @BrokenTwin(
            of = SpscPublication.OfferPoll.class,
            mutant = "tail-stored-plain",
            hiddenOnX86 =
                    "x86 keeps a processor's stores in order and C2 leaves these as they are; seen on ARM or POWER")
    @State
    public static class TailStoredPlain extends SpscPublication.OfferPoll {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("tail-stored-plain").bug();

        TailStoredPlain() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer(I_Result r) {
            super.consumer(r);
        }
    }

    @JCStressTest
    @BrokenTwin(
            of = SpscPublication.OfferPoll.class,
            mutant = "tail-loaded-plain",
            hiddenOnX86 =
                    "x86 keeps a processor's loads in order and C2 leaves these as they are; seen on ARM or POWER")
    @State
    public static class TailLoadedPlain extends SpscPublication.OfferPoll {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("tail-loaded-plain").bug();

        TailLoadedPlain() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer(I_Result r) {
            super.consumer(r);
        }
    }
}
