package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.Sleepers;
import io.sluice.api.waiting.Strategies;
import io.sluice.api.waiting.WakeWord;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Wake word: the asymmetric pair of fences between who makes a condition true and who is about to sleep. */
public final class WakeWords {

    private WakeWords() {}

    /** A wake word and a condition, in lines of their own. */
    public abstract static class WakePair extends TwoProcesses {

        /** Offset of the wake word. */
        protected static final long WAKE = RegionHeaderLayout.BODY;

        /** Offset of the condition. */
        protected static final long CONDITION = WAKE + 128;

        private static final Slab SLAB = Slab.of(WAKE, CONDITION + 8, WAKE, CONDITION + 8);

        WakePair(UnaryOperator<RegionMemory> bug) {
            super(SLAB, bug);
        }

        /** Whether the condition is true, as process 1 sees it. */
        final boolean isTrue() {
            return right.getLongAcquire(CONDITION) != 0;
        }
    }

    @JCStressTest
    @Description("A condition made true, and somebody who is about to sleep")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "it saw the condition, nobody saw it")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "it saw the condition and was seen")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "it would sleep and was seen")
    @Outcome(expect = FORBIDDEN, desc = "a lost wake-up: it would sleep and was not seen")
    @State
    public static class SleepOrWake extends WakePair {

        SleepOrWake() {
            this(UnaryOperator.identity());
        }

        protected SleepOrWake(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void waker(II_Result r) {
            left.setLongRelease(CONDITION, 1);
            r.r2 = WakeWord.hasSleepers(left, WAKE) ? 1 : 0;
        }

        @Actor
        protected void sleeper(II_Result r) {
            Sleepers.announce(right, WAKE);
            r.r1 = isTrue() ? 0 : 1;
        }
    }

    @JCStressTest
    @Description("Two processes wake the sleepers of the same announcement")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "the announcement is answered")
    @Outcome(expect = FORBIDDEN, desc = "the announcement is still there, or another one came out of nothing")
    @State
    public static class TwoWakers extends WakePair {

        TwoWakers() {
            this(UnaryOperator.identity());
        }

        protected TwoWakers(UnaryOperator<RegionMemory> bug) {
            super(bug);
            Sleepers.announce(right, WAKE);
        }

        @Actor
        protected void first() {
            new WakeWord(left, WAKE).wake();
        }

        @Actor
        protected void second() {
            new WakeWord(right, WAKE).wake();
        }

        @Arbiter
        protected void answered(I_Result r) {
            r.r1 = Sleepers.areAnnounced(left, WAKE) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Two processes announce a sleeper each")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "both stand for the same announcement")
    @Outcome(expect = FORBIDDEN, desc = "an announcement that the word does not show")
    @State
    public static class TwoSleepers extends WakePair {

        TwoSleepers() {
            super(UnaryOperator.identity());
        }

        @Actor
        void first(III_Result r) {
            r.r1 = Sleepers.announce(left, WAKE);
        }

        @Actor
        void second(III_Result r) {
            r.r2 = Sleepers.announce(right, WAKE);
        }

        @Arbiter
        protected void word(III_Result r) {
            r.r3 = left.getInt(WAKE);
        }
    }

    @JCStressTest
    @Description("Somebody sleeps in the kernel until a condition is true")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "it saw the condition")
    @Outcome(expect = FORBIDDEN, desc = "it did not")
    @State
    public static class Sleep extends WakePair {

        private static final long SLICE_NANOS = 20_000_000;

        Sleep() {
            super(UnaryOperator.identity());
        }

        @Actor
        void waker() {
            left.setLongRelease(CONDITION, 1);
            new WakeWord(left, WAKE).wake();
        }

        @Actor
        void sleeper(I_Result r) {
            WakeWord word = new WakeWord(right, WAKE);
            boolean seen = false;
            while (!seen) {
                seen = Strategies.blockAtOnce().await(word, this::isTrue, SLICE_NANOS);
            }
            r.r1 = (int) right.getLong(CONDITION);
        }
    }
}
