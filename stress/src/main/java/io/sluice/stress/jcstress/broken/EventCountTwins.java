package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.EventCounts;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link EventCounts} must see. */
public final class EventCountTwins {

    private EventCountTwins() {}

    @JCStressTest
    @BrokenTwin(of = EventCounts.Visibility.class, mutant = "event-before-data")
    @State
    public static class EventBeforeData extends EventCounts.Visibility {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("event-before-data").bug();

        EventBeforeData() {
            super(BUG);
        }

        @Override
        @Actor
        protected void advancer() {
            super.advancer();
        }

        @Override
        @Actor
        protected void looker(II_Result r) {
            super.looker(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = EventCounts.AdvanceBoth.class)
    @State
    public static class AdvanceNotAtomic extends EventCounts.AdvanceBoth {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.torn(offset -> offset == RegionHeaderLayout.BODY);

        AdvanceNotAtomic() {
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
