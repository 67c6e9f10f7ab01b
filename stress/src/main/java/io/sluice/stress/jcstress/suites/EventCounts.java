package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.Strategies;
import io.sluice.locks.eventcount.RegionEventCount;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Event count: no event lost, and what was done before one. */
public final class EventCounts {

    private EventCounts() {}

    /** An event count between two processes, and a word beside it. */
    public abstract static class EventPair extends TwoProcesses {

        /** A word that is used by nothing else. */
        static final long WORD = RegionHeaderLayout.BODY + RegionEventCount.bodyBytes();

        private static final Duration LONG = Duration.ofSeconds(20);
        // Everything but the list of waiters behind its first places, which nobody here comes to.
        private static final long USED = RegionHeaderLayout.BODY + 640;
        private static final Slab SLAB =
                Slab.of(RegionHeaderLayout.BODY, WORD + 8, RegionHeaderLayout.BODY, USED, WORD, WORD + 8);

        /** As process 0 sees it. */
        protected final RegionEventCount leftEvents;

        /** As process 1 sees it. */
        protected final RegionEventCount rightEvents;

        EventPair(UnaryOperator<RegionMemory> bug) {
            super(SLAB, bug);
            leftEvents = new RegionEventCount(left, Strategies.blockAtOnce(), () -> {});
            rightEvents = new RegionEventCount(right, Strategies.blockAtOnce(), () -> {});
        }

        final int awaitFirst() {
            try {
                return (int) rightEvents.awaitBeyond(0, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        final boolean awaitWord() {
            try {
                return rightEvents.await(() -> right.getLong(WORD) != 0, LONG);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @JCStressTest
    @Description("Two processes advance")
    @Outcome(
            id = {"1, 2, 2", "2, 1, 2"},
            expect = ACCEPTABLE,
            desc = "two events, each with its number")
    @Outcome(expect = FORBIDDEN, desc = "an event lost, or two with one number")
    @State
    public static class AdvanceBoth extends EventPair {

        AdvanceBoth() {
            this(UnaryOperator.identity());
        }

        protected AdvanceBoth(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void first(III_Result r) {
            r.r1 = (int) leftEvents.advance();
        }

        @Actor
        protected void second(III_Result r) {
            r.r2 = (int) rightEvents.advance();
        }

        @Arbiter
        protected void sum(III_Result r) {
            r.r3 = (int) leftEvents.current();
        }
    }

    @JCStressTest
    @Description("Something is written before an event, and read by who sees the event")
    @Outcome(
            id = {"0, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "no event yet")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "the event, and what was written before")
    @Outcome(expect = FORBIDDEN, desc = "the event without what was written before")
    @State
    public static class Visibility extends EventPair {

        Visibility() {
            this(UnaryOperator.identity());
        }

        protected Visibility(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void advancer() {
            left.setLong(WORD, 1);
            leftEvents.advance();
        }

        @Actor
        protected void looker(II_Result r) {
            r.r1 = (int) rightEvents.current();
            r.r2 = (int) right.getLong(WORD);
        }
    }

    @JCStressTest
    @Description("Somebody sleeps in the kernel for the first event")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "woken, and sees what was written before")
    @Outcome(expect = FORBIDDEN, desc = "not woken, or without what was written before")
    @State
    public static class AwaitBeyond extends EventPair {

        AwaitBeyond() {
            super(UnaryOperator.identity());
        }

        @Actor
        void advancer() {
            left.setLong(WORD, 1);
            leftEvents.advance();
        }

        @Actor
        void waiter(II_Result r) {
            r.r1 = awaitFirst();
            r.r2 = (int) right.getLong(WORD);
        }
    }

    @JCStressTest
    @Description("Somebody sleeps in the kernel until an event after which its condition is true")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "woken, and the condition is true")
    @Outcome(expect = FORBIDDEN, desc = "not woken")
    @State
    public static class AwaitCondition extends EventPair {

        AwaitCondition() {
            super(UnaryOperator.identity());
        }

        @Actor
        void advancer() {
            left.setLong(WORD, 1);
            leftEvents.advance();
        }

        @Actor
        void waiter(II_Result r) {
            r.r1 = awaitWord() ? 1 : 0;
            r.r2 = (int) right.getLong(WORD);
        }
    }
}
