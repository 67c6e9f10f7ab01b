package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.BroadcastGating;
import io.sluice.stress.jcstress.suites.MpmcSharing;
import io.sluice.stress.jcstress.suites.MpscLanes;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link MpscLanes}, {@link BroadcastGating} and {@link MpmcSharing} must see. */
public final class ManyTwins {

    private ManyTwins() {}

    @JCStressTest
    @BrokenTwin(of = MpscLanes.Joins.class, mutant = "lane-lease-not-atomic")
    @State
    public static class LaneLeaseNotAtomic extends MpscLanes.Joins {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("lane-lease-not-atomic").bug();

        LaneLeaseNotAtomic() {
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
        protected void rest(III_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = MpscLanes.JoinOfferClose.class, mutant = "joins-uncounted")
    @State
    public static class JoinsUncounted extends MpscLanes.JoinOfferClose {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("joins-uncounted").bug();

        JoinsUncounted() {
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
    @BrokenTwin(of = MpscLanes.TotalJoinOfferClose.class, mutant = "lane-dropped-by-an-old-look")
    @State
    public static class LaneDroppedByAnOldLook extends MpscLanes.TotalJoinOfferClose {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("lane-dropped-by-an-old-look").bug();

        LaneDroppedByAnOldLook() {
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
    @BrokenTwin(of = MpscLanes.TotalOrder.class, mutant = "no-second-look")
    @State
    public static class NoSecondLook extends MpscLanes.TotalOrder {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("no-second-look").bug();

        NoSecondLook() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producers() {
            super.producers();
        }

        @Override
        @Actor
        protected void consumer(III_Result r) {
            super.consumer(r);
        }

        @Override
        @Arbiter
        protected void rest(III_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = BroadcastGating.JoinWhileFilled.class, mutant = "unsettled-overlooked")
    @State
    public static class UnsettledOverlooked extends BroadcastGating.JoinWhileFilled {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("unsettled-overlooked").bug();

        UnsettledOverlooked() {
            super(BUG);
        }

        @Override
        @Actor
        protected void fill() {
            super.fill();
        }

        @Override
        @Actor
        protected void listen(I_Result r) {
            super.listen(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = BroadcastGating.JoinWhileFilled.class, mutant = "gate-without-fence")
    @State
    public static class GateWithoutFence extends BroadcastGating.JoinWhileFilled {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("gate-without-fence").bug();

        GateWithoutFence() {
            super(BUG);
        }

        @Override
        @Actor
        protected void fill() {
            super.fill();
        }

        @Override
        @Actor
        protected void listen(I_Result r) {
            super.listen(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = BroadcastGating.OfferWhileRead.class)
    @State
    public static class SlowestOverlooked extends BroadcastGating.OfferWhileRead {

        private static final UnaryOperator<RegionMemory> BUG = StructureBugs::boundlessBroadcast;

        SlowestOverlooked() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer(III_Result r) {
            super.consumer(r);
        }

        @Override
        @Arbiter
        protected void rest(III_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = BroadcastGating.LeaveWake.class, mutant = "leaver-wakes-nobody")
    @State
    public static class LeaverWakesNobody extends BroadcastGating.LeaveWake {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("leaver-wakes-nobody").bug();

        LeaverWakesNobody() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer(II_Result r) {
            super.producer(r);
        }

        @Override
        @Actor
        protected void consumer() {
            super.consumer();
        }

        @Override
        @Arbiter
        protected void asleep(II_Result r) {
            super.asleep(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = MpmcSharing.Take.class, mutant = "range-not-atomic")
    @State
    public static class RangeNotAtomic extends MpmcSharing.Take {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("range-not-atomic").bug();

        RangeNotAtomic() {
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
        protected void rest(III_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = MpmcSharing.OfferWhileTaken.class, mutant = "acknowledged-when-taken")
    @State
    public static class AcknowledgedWhenTaken extends MpmcSharing.OfferWhileTaken {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("acknowledged-when-taken").bug();

        AcknowledgedWhenTaken() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer() {
            super.producer();
        }

        @Override
        @Actor
        protected void consumer(III_Result r) {
            super.consumer(r);
        }

        @Override
        @Arbiter
        protected void rest(III_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = MpmcSharing.Adopt.class, mutant = "slot-not-atomic")
    @State
    public static class SlotNotAtomic extends MpmcSharing.Adopt {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("slot-not-atomic").bug();

        SlotNotAtomic() {
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
        protected void rest(III_Result r) {
            super.rest(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = MpmcSharing.Refuse.class, mutant = "return-untold")
    @State
    public static class ReturnUntold extends MpmcSharing.Refuse {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("return-untold").bug();

        ReturnUntold() {
            super(BUG);
        }

        @Override
        @Actor
        protected void refuser() {
            super.refuser();
        }

        @Override
        @Actor
        protected void other(II_Result r) {
            super.other(r);
        }

        @Override
        @Arbiter
        protected void rest(II_Result r) {
            super.rest(r);
        }
    }
}
