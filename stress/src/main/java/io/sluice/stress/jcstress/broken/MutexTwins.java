package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.mutex.MutexPlaces;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.MutexExclusion;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link MutexExclusion} must see. */
public final class MutexTwins {

    private MutexTwins() {}

    @JCStressTest
    @BrokenTwin(of = MutexExclusion.Count.class, mutant = "mutex-not-atomic")
    @State
    public static class NotAtomic extends MutexExclusion.Count {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("mutex-not-atomic").bug();

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
        protected void sum(I_Result r) {
            super.sum(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = MutexExclusion.TryLock.class, mutant = "mutex-not-atomic")
    @State
    public static class TryLockNotAtomic extends MutexExclusion.TryLock {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("mutex-not-atomic").bug();

        TryLockNotAtomic() {
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
    @BrokenTwin(of = MutexExclusion.TryLock.class, mutant = "mutex-taken-from-paused")
    @State
    public static class TakenFromPaused extends MutexExclusion.TryLock {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.impatient();

        TakenFromPaused() {
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
            of = MutexExclusion.Visibility.class,
            mutant = "mutex-unlocked-plain",
            hiddenOnX86 =
                    "x86 keeps a processor's stores in order and C2 leaves these as they are; seen on ARM or POWER")
    @State
    public static class UnlockedPlain extends MutexExclusion.Visibility {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("mutex-unlocked-plain").bug();

        UnlockedPlain() {
            super(BUG);
        }

        @Override
        @Actor
        protected void writer() {
            super.writer();
        }

        @Override
        @Actor
        protected void reader(II_Result r) {
            super.reader(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = MutexExclusion.Visibility.class)
    @State
    public static class UnlockedBeforeWritten extends MutexExclusion.Visibility {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.late(SECOND, MutexPlaces.WORD);

        UnlockedBeforeWritten() {
            super(BUG);
        }

        @Override
        @Actor
        protected void writer() {
            super.writer();
        }

        @Override
        @Actor
        protected void reader(II_Result r) {
            super.reader(r);
        }
    }
}
