package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.SpscMail;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link SpscMail} must see. */
public final class SpscMailTwins {

    private SpscMailTwins() {}

    @JCStressTest
    @BrokenTwin(of = SpscMail.MailOverwritten.class, mutant = "copy-not-looked-at-twice")
    @State
    public static class NotLookedAtTwice extends SpscMail.MailOverwritten {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("copy-not-looked-at-twice").bug();

        NotLookedAtTwice() {
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
            of = SpscMail.MailOverwritten.class,
            mutant = "copy-unordered",
            hiddenOnX86 =
                    "x86 keeps a processor's stores in order and C2 leaves these as they are; seen on ARM or POWER")
    @State
    public static class Unordered extends SpscMail.MailOverwritten {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("copy-unordered").bug();

        Unordered() {
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
    @BrokenTwin(of = SpscMail.MailOfDead.class, mutant = "copy-not-forgotten")
    @State
    public static class NotForgotten extends SpscMail.MailOfDead {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("copy-not-forgotten").bug();

        NotForgotten() {
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
