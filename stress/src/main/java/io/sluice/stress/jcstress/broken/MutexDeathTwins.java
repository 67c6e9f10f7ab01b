package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.mutex.MutexPlaces;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.MutexDeaths;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link MutexDeaths} must see. */
public final class MutexDeathTwins {

    private MutexDeathTwins() {}

    @JCStressTest
    @BrokenTwin(of = MutexDeaths.TwoHeirs.class, mutant = "mutex-taken-from-dead-twice")
    @State
    public static class TakenTwice extends MutexDeaths.TwoHeirs {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("mutex-taken-from-dead-twice").bug();

        TakenTwice() {
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
    @BrokenTwin(of = MutexDeaths.Unrepaired.class, mutant = "mutex-taken-from-dead-twice")
    @State
    public static class TakenUnrepaired extends MutexDeaths.Unrepaired {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("mutex-taken-from-dead-twice").bug();

        TakenUnrepaired() {
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
    @BrokenTwin(of = MutexDeaths.WrongVerdict.class)
    @State
    public static class UnlockedBlindly extends MutexDeaths.WrongVerdict {

        private static final UnaryOperator<RegionMemory> BUG =
                Bugs.blind((offset, expected, value) -> offset == MutexPlaces.WORD && value == 0);

        UnlockedBlindly() {
            super(BUG);
        }

        @Override
        @Actor
        protected void owner(II_Result r) {
            super.owner(r);
        }

        @Override
        @Actor
        protected void heir(II_Result r) {
            super.heir(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = MutexDeaths.RepairVisible.class)
    @State
    public static class RepairedLate extends MutexDeaths.RepairVisible {

        private static final UnaryOperator<RegionMemory> BUG =
                Bugs.late(SECOND, (offset, expected, value) -> offset == MutexPlaces.WORD && value == 0);

        RepairedLate() {
            super(BUG);
        }

        @Override
        @Actor
        protected void heir() {
            super.heir();
        }

        @Override
        @Actor
        protected void reader(III_Result r) {
            super.reader(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = MutexDeaths.TwoHeirs.class)
    @State
    public static class OwnerTrusted extends MutexDeaths.TwoHeirs {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.trusting();

        OwnerTrusted() {
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
