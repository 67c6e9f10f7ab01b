package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.stress.jcstress.Payload;
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

/** SPSC ring: the release store of HEAD, room that is used again, and the end of the record area. */
public final class SpscRoom {

    private static final byte[] LONG_FIRST = Payload.of(1, SpscFull.LONG_LENGTH);
    private static final byte[] LONG_SECOND = Payload.of(2, SpscFull.LONG_LENGTH);
    private static final byte[] LONG_THIRD = Payload.of(3, SpscFull.LONG_LENGTH);

    private SpscRoom() {}

    /** A ring that two long messages fill. */
    public abstract static class SpscFull extends SpscPair {

        static final int LONG_LENGTH = 120;

        private int number;

        SpscFull(UnaryOperator<RegionMemory> bug) {
            super(bug);
            producer.offer(0, LONG_FIRST, 0, LONG_LENGTH);
            producer.offer(0, LONG_SECOND, 0, LONG_LENGTH);
        }

        final int pollLong() {
            number = 0;
            int handled = poll(consumer, message -> number = Payload.numberIn(message, LONG_LENGTH), 1);
            return handled > 0 ? number : handled;
        }
    }

    @JCStressTest
    @Description("An offer to a full ring whose oldest message is just being read")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "refused: not acknowledged yet")
    @Outcome(id = "1, 1, 3", expect = ACCEPTABLE, desc = "accepted into the room of what was read")
    @Outcome(expect = FORBIDDEN, desc = "overwritten while it was read, or lost")
    @State
    public static class RoomReused extends SpscFull {

        RoomReused() {
            this(UnaryOperator.identity());
        }

        protected RoomReused(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer(III_Result r) {
            r.r1 = producer.offer(0, LONG_THIRD, 0, LONG_LENGTH) == OfferResult.ACCEPTED ? 1 : 0;
        }

        @Actor
        protected void consumer(III_Result r) {
            r.r2 = pollLong();
        }

        @Arbiter
        protected void rest(III_Result r) {
            int second = pollLong();
            r.r3 = second == 2 ? pollLong() : Payload.TORN;
        }
    }

    @JCStressTest
    @Description("An offer to a full ring that is tried until it is accepted")
    @Outcome(id = "1, 2, 3", expect = ACCEPTABLE, desc = "all, in order")
    @Outcome(expect = FORBIDDEN, desc = "overwritten, lost or twice")
    @State
    public static class RoomAwaited extends SpscFull {

        RoomAwaited() {
            this(UnaryOperator.identity());
        }

        protected RoomAwaited(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            while (producer.offer(0, LONG_THIRD, 0, LONG_LENGTH) != OfferResult.ACCEPTED) {
                Thread.onSpinWait();
            }
        }

        @Actor
        protected void consumer(III_Result r) {
            r.r1 = pollLong();
            r.r2 = pollLong();
        }

        @Arbiter
        protected void rest(III_Result r) {
            r.r3 = pollLong();
        }
    }

    @JCStressTest
    @Description("A handler that reads its message twice, while an offer to the full ring is tried")
    @Outcome(
            id = {"1, 1"},
            expect = ACCEPTABLE,
            desc = "the message stays as long as its handler runs")
    @Outcome(expect = FORBIDDEN, desc = "given back under its handler")
    @State
    public static class RoomKeptByHandler extends SpscFull {

        private int before;
        private int after;

        RoomKeptByHandler() {
            this(UnaryOperator.identity());
        }

        protected RoomKeptByHandler(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            producer.offer(0, LONG_THIRD, 0, LONG_LENGTH);
        }

        @Actor
        protected void consumer(II_Result r) {
            consumer.poll(
                    message -> {
                        before = Payload.numberIn(message, LONG_LENGTH);
                        after = Payload.numberIn(message, LONG_LENGTH);
                    },
                    1);
            r.r1 = before;
            r.r2 = after;
        }
    }

    @JCStressTest
    @Description("Two messages of which the first does not fit before the end of the record area")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0", "1, 2"},
            expect = ACCEPTABLE,
            desc = "in order, as far as offered, the padding passed over")
    @Outcome(expect = FORBIDDEN, desc = "torn, padding taken for a message, or a ring found corrupt")
    @State
    public static class Wrap extends SpscPair {

        Wrap() {
            this(UnaryOperator.identity());
        }

        protected Wrap(UnaryOperator<RegionMemory> bug) {
            super(CAPACITY - 8, WaitStrategy.spin(), bug);
        }

        @Actor
        protected void producer() {
            producer.offer(0, LONG_FIRST, 0, SpscFull.LONG_LENGTH);
            producer.offer(0, SECOND, 0, LENGTH);
        }

        @Actor
        protected void consumer(II_Result r) {
            r.r1 = pollAny();
            r.r2 = pollAny();
        }

        private int number;

        private int pollAny() {
            number = 0;
            int handled = poll(consumer, message -> number = Payload.numberIn(message, message.length()), 1);
            return handled > 0 ? number : handled;
        }
    }

    @JCStressTest
    @Description("A message that ends behind the capacity, in the slack of the record area")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "polled before the offer")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the message")
    @Outcome(expect = FORBIDDEN, desc = "a torn message")
    @State
    public static class Slack extends SpscPair {

        Slack() {
            super(CAPACITY - 8, WaitStrategy.spin(), UnaryOperator.identity());
        }

        @Actor
        void producer() {
            producer.offer(0, FIRST, 0, LENGTH);
        }

        @Actor
        void consumer(I_Result r) {
            r.r1 = pollOne();
        }
    }
}
