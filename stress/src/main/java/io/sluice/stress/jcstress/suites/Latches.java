package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.lock.BrokenLatchException;
import io.sluice.api.lock.FencedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.latch.LatchPlaces;
import io.sluice.locks.latch.RegionLatch;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Latch: counts that are all there, what was done before them, and promises of the dead. */
public final class Latches {

    private static final int CLOSED = 0;
    private static final int OPEN = 1;
    private static final int BROKEN = 2;

    private Latches() {}

    /** A latch of two counts between two processes, and a word beside it. */
    public abstract static class LatchPair extends TwoProcesses {

        private static final int COUNT = 2;

        /** A word that is used by nothing else. */
        protected static final long WORD = RegionHeaderLayout.BODY + RegionLatch.bodyBytes(COUNT);

        // Everything but the list of waiters behind its first places, which nobody here comes to.
        private static final long USED = RegionHeaderLayout.BODY + 640;
        private static final Slab SLAB = Slab.of(
                RegionHeaderLayout.BODY, WORD + 8, RegionHeaderLayout.BODY, USED, LatchPlaces.count(0), WORD + 8);

        /** As process 0 sees it. */
        protected final RegionLatch leftLatch;

        /** As process 1 sees it. */
        protected final RegionLatch rightLatch;

        LatchPair(UnaryOperator<RegionMemory> bug) {
            super(SLAB, bug);
            leftLatch = over(left);
            rightLatch = over(right);
        }

        static RegionLatch over(RegionMemory memory) {
            return new RegionLatch(memory, COUNT, WaitStrategy.spin(), () -> {});
        }

        static void promiseAndKeep(RegionLatch latch) {
            latch.promise();
            try {
                latch.countDown();
            } catch (FencedException e) {
                // Only in a twin, where two promised the same count: one is missing then.
            }
        }

        /** How the latch is now. */
        static int look(RegionLatch latch) {
            try {
                return latch.await(0, TimeUnit.NANOSECONDS) ? OPEN : CLOSED;
            } catch (BrokenLatchException e) {
                return BROKEN;
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @JCStressTest
    @Description("Two processes count down")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "the latch is open")
    @Outcome(expect = FORBIDDEN, desc = "a count was lost")
    @State
    public static class CountDown extends LatchPair {

        CountDown() {
            this(UnaryOperator.identity());
        }

        protected CountDown(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void first() {
            leftLatch.countDown();
        }

        @Actor
        protected void second() {
            rightLatch.countDown();
        }

        @Arbiter
        protected void rest(I_Result r) {
            r.r1 = (int) leftLatch.getCount();
        }
    }

    @JCStressTest
    @Description("Something is written before the last count, and read by who finds the latch open")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not yet open")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "open, and what was written is there")
    @Outcome(expect = FORBIDDEN, desc = "open, and what was written before is not there")
    @State
    public static class Visibility extends LatchPair {

        Visibility() {
            this(UnaryOperator.identity());
        }

        protected Visibility(UnaryOperator<RegionMemory> bug) {
            super(bug);
            rightLatch.countDown();
        }

        @Actor
        protected void counter() {
            left.setLong(WORD, 1);
            leftLatch.countDown();
        }

        @Actor
        protected void waiter(II_Result r) {
            r.r1 = look(rightLatch);
            if (r.r1 == OPEN) {
                r.r2 = (int) right.getLong(WORD);
            }
        }
    }

    @JCStressTest
    @Description("Two processes make a promise each and keep it")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "the latch is open")
    @Outcome(expect = FORBIDDEN, desc = "two promises of one count")
    @State
    public static class Promises extends LatchPair {

        Promises() {
            this(UnaryOperator.identity());
        }

        protected Promises(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void first() {
            promiseAndKeep(leftLatch);
        }

        @Actor
        protected void second() {
            promiseAndKeep(rightLatch);
        }

        @Arbiter
        protected void rest(I_Result r) {
            r.r1 = (int) leftLatch.getCount();
        }
    }

    @JCStressTest
    @Description("A process that made a promise keeps it and dies, or dies; another one looks")
    @Outcome(
            id = {"0", "1"},
            expect = ACCEPTABLE,
            desc = "not yet open, or open")
    @Outcome(expect = FORBIDDEN, desc = "broken, though the promise was kept")
    @State
    public static class KeptAndDead extends LatchPair {

        KeptAndDead() {
            super(UnaryOperator.identity());
            rightLatch.countDown();
            leftLatch.promise();
        }

        @Actor
        void mortal() {
            leftLatch.countDown();
            slot.kill(0);
        }

        @Actor
        void waiter(I_Result r) {
            r.r1 = look(rightLatch);
        }
    }

    @JCStressTest
    @Description("A process that made a promise is dead; two others look")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "broken, to both")
    @Outcome(expect = FORBIDDEN, desc = "something else")
    @State
    public static class BrokenPromise extends LatchPair {

        BrokenPromise() {
            this(UnaryOperator.identity());
        }

        protected BrokenPromise(UnaryOperator<RegionMemory> bug) {
            super(bug);
            rightLatch.countDown();
            over(slot.process(2)).promise();
            slot.kill(2);
        }

        @Actor
        protected void first(II_Result r) {
            r.r1 = look(leftLatch);
        }

        @Actor
        protected void second(II_Result r) {
            r.r2 = look(rightLatch);
        }
    }

    @JCStressTest
    @Description("A process is wrongly held for dead while it keeps its promise")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "kept, and the latch is open")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "broken, and it finds out")
    @Outcome(expect = FORBIDDEN, desc = "kept and broken, or neither")
    @State
    public static class WrongVerdict extends LatchPair {

        WrongVerdict() {
            this(UnaryOperator.identity());
        }

        protected WrongVerdict(UnaryOperator<RegionMemory> bug) {
            super(bug);
            rightLatch.countDown();
            leftLatch.promise();
        }

        @Actor
        protected void keeper(II_Result r) {
            try {
                leftLatch.countDown();
                r.r1 = 1;
            } catch (FencedException e) {
                r.r1 = 0;
            }
        }

        @Actor
        protected void judge() {
            slot.kill(0);
            look(rightLatch);
        }

        @Arbiter
        protected void verdict(II_Result r) {
            r.r2 = look(rightLatch);
        }
    }
}
