package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.explore.mutants.Mutants;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.SpscRoom;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link SpscRoom} must see. */
public final class SpscRoomTwins {

    private SpscRoomTwins() {}

    @JCStressTest
    @BrokenTwin(of = SpscRoom.RoomReused.class, mutant = "acknowledged-before-read")
    @State
    public static class AcknowledgedBeforeRead extends SpscRoom.RoomReused {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("acknowledged-before-read").bug();

        AcknowledgedBeforeRead() {
            super(BUG);
        }

        @Override
        @Actor
        protected void producer(III_Result r) {
            super.producer(r);
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
    @BrokenTwin(of = SpscRoom.RoomKeptByHandler.class, mutant = "acknowledged-before-handled")
    @State
    public static class AcknowledgedInHandler extends SpscRoom.RoomKeptByHandler {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("acknowledged-before-handled").bug();

        AcknowledgedInHandler() {
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
    @BrokenTwin(of = SpscRoom.RoomAwaited.class, mutant = "no-bound")
    @State
    public static class NoBound extends SpscRoom.RoomAwaited {

        private static final UnaryOperator<RegionMemory> BUG = StructureBugs::boundless;

        NoBound() {
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
    @BrokenTwin(of = SpscRoom.Wrap.class, mutant = "no-padding")
    @State
    public static class NoPadding extends SpscRoom.Wrap {

        private static final UnaryOperator<RegionMemory> BUG =
                Mutants.named("no-padding").bug();

        NoPadding() {
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
}
