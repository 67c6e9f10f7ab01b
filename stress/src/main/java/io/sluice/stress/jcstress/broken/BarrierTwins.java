package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.barrier.BarrierPlaces;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.Barriers;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link Barriers} must see. */
public final class BarrierTwins {

    private BarrierTwins() {}

    @JCStressTest
    @BrokenTwin(of = Barriers.Meet.class)
    @State
    public static class NotAtomic extends Barriers.Meet {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.torn(offset -> offset == BarrierPlaces.STATE);

        NotAtomic() {
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
    @BrokenTwin(of = Barriers.Visibility.class)
    @State
    public static class ArrivedBeforeWritten extends Barriers.Visibility {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.late(LEFT_WORD, BarrierPlaces.arrived(0));

        ArrivedBeforeWritten() {
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
    @BrokenTwin(of = Barriers.JoinBoth.class)
    @State
    public static class PlaceNotAtomic extends Barriers.JoinBoth {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.torn(offset -> offset >= BarrierPlaces.owner(0));

        PlaceNotAtomic() {
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

        @Override
        @Arbiter
        protected void holders(II_Result r) {
            super.holders(r);
        }
    }
}
