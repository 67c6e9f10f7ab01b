package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.RegionPublication;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link RegionPublication} must see. */
public final class RegionTwins {

    private RegionTwins() {}

    @JCStressTest
    @BrokenTwin(of = RegionPublication.Header.class, mutant = "live-before-written")
    @State
    public static class LiveBeforeWritten extends RegionPublication.Header {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("live-before-written").bug();

        LiveBeforeWritten() {
            super(BUG);
        }

        @Override
        @Actor
        protected void creator() {
            super.creator();
        }

        @Override
        @Actor
        protected void opener(II_Result r) {
            super.opener(r);
        }
    }

    @JCStressTest
    @BrokenTwin(
            of = RegionPublication.Header.class,
            mutant = "live-stored-plain",
            hiddenOnX86 =
                    "x86 keeps a processor's stores in order and C2 leaves these as they are; seen on ARM or POWER")
    @State
    public static class LiveStoredPlain extends RegionPublication.Header {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("live-stored-plain").bug();

        LiveStoredPlain() {
            super(BUG);
        }

        @Override
        @Actor
        protected void creator() {
            super.creator();
        }

        @Override
        @Actor
        protected void opener(II_Result r) {
            super.opener(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = RegionPublication.LeaveOrAttach.class, mutant = "closing-unannounced")
    @State
    public static class ClosingUnannounced extends RegionPublication.LeaveOrAttach {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("closing-unannounced").bug();

        ClosingUnannounced() {
            super(BUG);
        }

        @Override
        @Actor
        protected void leaver(III_Result r) {
            super.leaver(r);
        }

        @Override
        @Actor
        protected void comer(III_Result r) {
            super.comer(r);
        }

        @Override
        @Arbiter
        protected void state(III_Result r) {
            super.state(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = RegionPublication.LeaveOrAttach.class, mutant = "entered-before-registered")
    @State
    public static class EnteredBeforeRegistered extends RegionPublication.LeaveOrAttach {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("entered-before-registered").bug();

        EnteredBeforeRegistered() {
            super(BUG);
        }

        @Override
        @Actor
        protected void leaver(III_Result r) {
            super.leaver(r);
        }

        @Override
        @Actor
        protected void comer(III_Result r) {
            super.comer(r);
        }

        @Override
        @Arbiter
        protected void state(III_Result r) {
            super.state(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = RegionPublication.AttachBoth.class, mutant = "entry-not-atomic")
    @State
    public static class EntryNotAtomic extends RegionPublication.AttachBoth {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("entry-not-atomic").bug();

        EntryNotAtomic() {
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
    @BrokenTwin(of = RegionPublication.AbandonedOrAttach.class, mutant = "closing-unannounced")
    @State
    public static class EndingUnannounced extends RegionPublication.AbandonedOrAttach {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("closing-unannounced").bug();

        EndingUnannounced() {
            super(BUG);
        }

        @Override
        @Actor
        protected void ender(III_Result r) {
            super.ender(r);
        }

        @Override
        @Actor
        protected void comer(III_Result r) {
            super.comer(r);
        }

        @Override
        @Arbiter
        protected void state(III_Result r) {
            super.state(r);
        }
    }
}
