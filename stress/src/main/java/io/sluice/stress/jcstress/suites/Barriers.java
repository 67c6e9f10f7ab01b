package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.barrier.RegionBarrier;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.util.concurrent.BrokenBarrierException;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Barrier: nobody passes alone, and everybody sees what the others did before. */
public final class Barriers {

    private static final int PASSED = 1;
    private static final int ENDED_IT = 2;
    private static final int BROKEN = 3;

    private Barriers() {}

    /** A barrier of two parties, and a word of each. */
    public abstract static class BarrierPair extends TwoProcesses {

        /** The word of party 0. */
        protected static final long LEFT_WORD = RegionHeaderLayout.BODY + RegionBarrier.bodyBytes(2);

        /** The word of party 1. */
        protected static final long RIGHT_WORD = LEFT_WORD + 128;

        private static final Slab SLAB =
                Slab.of(RegionHeaderLayout.BODY, RIGHT_WORD + 8, RegionHeaderLayout.BODY, RIGHT_WORD + 8);

        /** As process 0 sees it. */
        protected final RegionBarrier leftBarrier;

        /** As process 1 sees it. */
        protected final RegionBarrier rightBarrier;

        BarrierPair(UnaryOperator<RegionMemory> bug) {
            super(SLAB, bug);
            leftBarrier = over(left);
            rightBarrier = over(right);
        }

        private static RegionBarrier over(RegionMemory memory) {
            return new RegionBarrier(memory, 2, WaitStrategy.spin(), () -> {});
        }

        static int await(BarrierParty party) {
            try {
                return party.await() ? ENDED_IT : PASSED;
            } catch (BrokenBarrierException e) {
                return BROKEN;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @JCStressTest
    @Description("Two parties meet")
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "both pass, one of them ended the generation")
    @Outcome(expect = FORBIDDEN, desc = "both ended it, none did, or it broke")
    @State
    public static class Meet extends BarrierPair {

        private final BarrierParty leftParty;
        private final BarrierParty rightParty;

        Meet() {
            this(UnaryOperator.identity());
        }

        protected Meet(UnaryOperator<RegionMemory> bug) {
            super(bug);
            leftParty = leftBarrier.join();
            rightParty = rightBarrier.join();
        }

        @Actor
        protected void first(II_Result r) {
            r.r1 = await(leftParty);
        }

        @Actor
        protected void second(II_Result r) {
            r.r2 = await(rightParty);
        }
    }

    @JCStressTest
    @Description("Two parties write, meet, and read what the other wrote")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both see it")
    @Outcome(expect = FORBIDDEN, desc = "passed without what was done before")
    @State
    public static class Visibility extends BarrierPair {

        private final BarrierParty leftParty;
        private final BarrierParty rightParty;

        Visibility() {
            this(UnaryOperator.identity());
        }

        protected Visibility(UnaryOperator<RegionMemory> bug) {
            super(bug);
            leftParty = leftBarrier.join();
            rightParty = rightBarrier.join();
        }

        @Actor
        protected void first(II_Result r) {
            left.setLong(LEFT_WORD, 1);
            await(leftParty);
            r.r1 = (int) left.getLong(RIGHT_WORD);
        }

        @Actor
        protected void second(II_Result r) {
            right.setLong(RIGHT_WORD, 1);
            await(rightParty);
            r.r2 = (int) right.getLong(LEFT_WORD);
        }
    }

    @JCStressTest
    @Description("Two parties meet twice")
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "both pass both times")
    @Outcome(expect = FORBIDDEN, desc = "one was a generation ahead")
    @State
    public static class MeetTwice extends BarrierPair {

        private final BarrierParty leftParty;
        private final BarrierParty rightParty;

        MeetTwice() {
            super(UnaryOperator.identity());
            leftParty = leftBarrier.join();
            rightParty = rightBarrier.join();
        }

        @Actor
        void first(III_Result r) {
            await(leftParty);
            r.r1 = (int) left.getLong(RIGHT_WORD) + 1;
            await(leftParty);
        }

        @Actor
        void second(III_Result r) {
            await(rightParty);
            r.r2 = 1;
            await(rightParty);
            right.setLong(RIGHT_WORD, 1);
        }

        @Arbiter
        protected void generation(III_Result r) {
            r.r3 = (int) leftBarrier.generation();
        }
    }

    @JCStressTest
    @Description("Two parties join")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "each has a place")
    @Outcome(expect = FORBIDDEN, desc = "one place for two, or none for one")
    @State
    public static class JoinBoth extends BarrierPair {

        JoinBoth() {
            this(UnaryOperator.identity());
        }

        protected JoinBoth(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void first(II_Result r) {
            leftBarrier.join();
        }

        @Actor
        protected void second(II_Result r) {
            rightBarrier.join();
        }

        @Arbiter
        protected void holders(II_Result r) {
            long token = left.selfToken();
            r.r1 = (int) leftBarrier.stat().holders().stream()
                    .filter(holder -> holder.token() == token)
                    .count();
            r.r2 = leftBarrier.stat().holders().size() - r.r1;
        }
    }

    @JCStressTest
    @Description("A party dies without arriving; the other resets the barrier, if it knows")
    @Outcome(
            id = {"0, 0", "1, 2"},
            expect = ACCEPTABLE,
            desc = "not yet known, or reset")
    @Outcome(expect = FORBIDDEN, desc = "a generation that ended by itself")
    @State
    public static class ResetAfterDeath extends BarrierPair {

        ResetAfterDeath() {
            super(UnaryOperator.identity());
            leftBarrier.join();
            rightBarrier.join();
        }

        @Actor
        void mortal() {
            slot.kill(0);
        }

        @Actor
        void survivor(II_Result r) {
            if (rightBarrier.isBroken()) {
                r.r1 = 1;
                rightBarrier.reset();
            }
        }

        @Arbiter
        protected void generation(II_Result r) {
            r.r2 = (int) rightBarrier.generation();
        }
    }
}
