package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.locks.support.WaitList;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** The queue of fair locks: places, tickets, and whether anybody waits. */
public final class WaitLists {

    private WaitLists() {}

    /** A list and two processes. */
    public abstract static class WaitListPair extends TwoProcesses {

        /** Offset of the list. */
        protected static final long LIST = RegionHeaderLayout.BODY;

        // Nobody comes to its later places.
        private static final Slab SLAB = Slab.of(LIST, LIST + WaitList.BYTES, LIST, LIST + 640);

        final WaitList leftList;
        final WaitList rightList;

        WaitListPair(UnaryOperator<RegionMemory> bug) {
            super(SLAB, bug);
            leftList = new WaitList(left, LIST);
            rightList = new WaitList(right, LIST);
        }
    }

    @JCStressTest
    @Description("Two join")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both are in it")
    @Outcome(expect = FORBIDDEN, desc = "one place for two")
    @State
    public static class JoinBoth extends WaitListPair {

        JoinBoth() {
            this(UnaryOperator.identity());
        }

        protected JoinBoth(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void first() {
            leftList.join(1);
        }

        @Actor
        protected void second() {
            rightList.join(1);
        }

        @Arbiter
        protected void count(I_Result r) {
            r.r1 = leftList.waiters().size();
        }
    }

    @JCStressTest
    @Description("Two join, and look whether anybody is ahead of them")
    @Outcome(
            id = {"0, 1", "1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "at least one may go")
    @Outcome(expect = FORBIDDEN, desc = "each waits for the other")
    @State
    public static class IsFirst extends WaitListPair {

        IsFirst() {
            super(UnaryOperator.identity());
        }

        @Actor
        void first(II_Result r) {
            r.r1 = leftList.isFirst(leftList.join(1)) ? 1 : 0;
        }

        @Actor
        void second(II_Result r) {
            r.r2 = rightList.isFirst(rightList.join(1)) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("One leaves and records that nobody waits, while another one comes")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the list is known to be occupied")
    @Outcome(expect = FORBIDDEN, desc = "somebody waits whom barging threads do not know of")
    @State
    public static class LeaveOrJoin extends WaitListPair {

        private final WaitList.Place place;

        LeaveOrJoin() {
            this(UnaryOperator.identity());
        }

        protected LeaveOrJoin(UnaryOperator<RegionMemory> bug) {
            super(bug);
            place = leftList.join(1);
        }

        @Actor
        protected void leaver() {
            leftList.leave(place);
            leftList.settle();
        }

        @Actor
        protected void joiner() {
            rightList.join(1);
        }

        @Arbiter
        protected void occupied(I_Result r) {
            r.r1 = leftList.mayBeOccupied() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Two remove a dead process's place while its ticket is there")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one did")
    @Outcome(expect = FORBIDDEN, desc = "both, or none")
    @State
    public static class RemoveDead extends WaitListPair {

        RemoveDead() {
            super(UnaryOperator.identity());
            new WaitList(slot.process(2), LIST).join(1);
            slot.kill(2);
        }

        @Actor
        void first(II_Result r) {
            r.r1 = leftList.removeDead() ? 1 : 0;
        }

        @Actor
        void second(II_Result r) {
            r.r2 = rightList.removeDead() ? 1 : 0;
        }
    }
}
