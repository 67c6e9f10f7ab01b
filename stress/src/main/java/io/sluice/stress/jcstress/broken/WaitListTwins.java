package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.WaitLists;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link WaitLists} must see. */
public final class WaitListTwins {

    private WaitListTwins() {}

    @JCStressTest
    @BrokenTwin(of = WaitLists.JoinBoth.class)
    @State
    public static class PlaceNotAtomic extends WaitLists.JoinBoth {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.torn(offset -> offset >= LIST + 128);

        PlaceNotAtomic() {
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
        protected void count(I_Result r) {
            super.count(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = WaitLists.LeaveOrJoin.class)
    @State
    public static class TicketNotAtomic extends WaitLists.LeaveOrJoin {

        private static final UnaryOperator<RegionMemory> BUG = StructureBugs.SettlesTooMuch::new;

        TicketNotAtomic() {
            super(BUG);
        }

        @Override
        @Actor
        protected void leaver() {
            super.leaver();
        }

        @Override
        @Actor
        protected void joiner() {
            super.joiner();
        }

        @Override
        @Arbiter
        protected void occupied(I_Result r) {
            super.occupied(r);
        }
    }
}
