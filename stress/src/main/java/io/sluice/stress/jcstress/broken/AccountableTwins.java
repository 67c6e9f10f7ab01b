package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.semaphore.AccountablePlaces;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.AccountableSemaphores;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link AccountableSemaphores} must see. */
public final class AccountableTwins {

    private AccountableTwins() {}

    @JCStressTest
    @BrokenTwin(of = AccountableSemaphores.OnePermit.class, mutant = "ledger-not-atomic")
    @State
    public static class NotAtomic extends AccountableSemaphores.OnePermit {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("ledger-not-atomic").bug();

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
        protected void sum(III_Result r) {
            super.sum(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = AccountableSemaphores.DeadHolder.class, mutant = "ledger-believes-the-dead")
    @State
    public static class BelievesTheDead extends AccountableSemaphores.DeadHolder {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("ledger-believes-the-dead").bug();

        BelievesTheDead() {
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
        protected void sum(III_Result r) {
            super.sum(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = AccountableSemaphores.DeadHolder.class, mutant = "ledger-settled-unbooked")
    @State
    public static class SettledUnbooked extends AccountableSemaphores.DeadHolder {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("ledger-settled-unbooked").bug();

        SettledUnbooked() {
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
        protected void sum(III_Result r) {
            super.sum(r);
        }
    }

    @JCStressTest
    @BrokenTwin(
            of = AccountableSemaphores.Settled.class,
            mutant = "ledger-settled-plain",
            hiddenOnX86 =
                    "x86 keeps a processor's stores in order and C2 leaves these as they are; seen on ARM or POWER")
    @State
    public static class SettledPlain extends AccountableSemaphores.Settled {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("ledger-settled-plain").bug();

        SettledPlain() {
            super(BUG);
        }

        @Override
        @Actor
        protected void settler() {
            super.settler();
        }

        @Override
        @Actor
        protected void taker() {
            super.taker();
        }

        @Override
        @Arbiter
        protected void rest(II_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = AccountableSemaphores.DeadHolder.class)
    @State
    public static class NotBooked extends AccountableSemaphores.DeadHolder {

        private static final UnaryOperator<RegionMemory> BUG =
                Bugs.omitted((offset, expected, value) -> AccountablePlaces.isBooked(offset));

        NotBooked() {
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
        protected void sum(III_Result r) {
            super.sum(r);
        }
    }
}
