package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.waiting.Sleepers;
import io.sluice.api.waiting.Strategies;
import io.sluice.ringbuffer.spsc.SpscHandles;
import io.sluice.stress.jcstress.Payload;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * SPSC ring: whoever is about to sleep sees that there is something to do, or is seen. A sleeper is here what it does
 * in front of the futex, so that nothing depends on time: announce itself, look. Result 1: it would sleep, and nobody
 * woke it.
 */
public final class SpscWaking {

    private static final String SEEN = "the sleeper saw what it waits for, or was seen";
    private static final String LOST = "a lost wake-up: it would sleep, and the word still says so";

    private SpscWaking() {}

    @JCStressTest
    @Description("An offer, and a consumer that is about to sleep")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = SEEN)
    @Outcome(expect = FORBIDDEN, desc = LOST)
    @State
    public static class DataWake extends SpscPair {

        DataWake() {
            this(UnaryOperator.identity());
        }

        protected DataWake(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            producer.offer(0, FIRST, 0, LENGTH);
        }

        @Actor
        protected void consumer(II_Result r) {
            Sleepers.announce(right, SpscHandles.DATA);
            r.r1 = consumer.backlogBytes() == 0 ? 1 : 0;
        }

        @Arbiter
        protected void asleep(II_Result r) {
            r.r2 = Sleepers.areAnnounced(right, SpscHandles.DATA) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("An acknowledgement, and a producer that is about to sleep for lack of room")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = SEEN)
    @Outcome(expect = FORBIDDEN, desc = LOST)
    @State
    public static class SpaceWake extends SpscPair {

        SpaceWake() {
            this(UnaryOperator.identity());
        }

        protected SpaceWake(UnaryOperator<RegionMemory> bug) {
            super(bug);
            producer.offer(0, FIRST, 0, LENGTH);
        }

        @Actor
        protected void producer(II_Result r) {
            Sleepers.announce(left, SpscHandles.SPACE);
            r.r1 = producer.backlogBytes() == 0 ? 0 : 1;
        }

        @Actor
        protected void consumer() {
            pollOne();
        }

        @Arbiter
        protected void asleep(II_Result r) {
            r.r2 = Sleepers.areAnnounced(left, SpscHandles.SPACE) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("The end of the stream, and a consumer that is about to sleep")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = SEEN)
    @Outcome(expect = FORBIDDEN, desc = LOST)
    @State
    public static class CloseWake extends SpscPair {

        CloseWake() {
            super(UnaryOperator.identity());
        }

        @Actor
        void producer() {
            producer.close();
        }

        @Actor
        void consumer(II_Result r) {
            Sleepers.announce(right, SpscHandles.DATA);
            r.r1 = pollOne() == 0 ? 1 : 0;
        }

        @Arbiter
        protected void asleep(II_Result r) {
            r.r2 = Sleepers.areAnnounced(right, SpscHandles.DATA) ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("A consumer that sleeps in the kernel until there is a message")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the message")
    @Outcome(expect = FORBIDDEN, desc = "nothing, or a torn message")
    @State
    public static class Take extends SpscPair {

        private static final Duration LONG = Duration.ofSeconds(20);

        private int number;

        Take() {
            super(0, Strategies.blockAtOnce(), UnaryOperator.identity());
        }

        @Actor
        void producer() {
            producer.offer(0, FIRST, 0, LENGTH);
        }

        @Actor
        void consumer(I_Result r) {
            try {
                consumer.take(message -> number = message.getByte(0), 1, LONG);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            r.r1 = number;
        }
    }

    @JCStressTest
    @Description("A producer that sleeps in the kernel until there is room")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "there was room in the end")
    @Outcome(expect = FORBIDDEN, desc = "refused, or overwritten")
    @State
    public static class Put extends SpscPair {

        private static final Duration LONG = Duration.ofSeconds(20);
        private static final int HALF = 120;

        private int number;

        Put() {
            super(0, Strategies.blockAtOnce(), UnaryOperator.identity());
            producer.offer(0, new byte[HALF], 0, HALF);
            producer.offer(0, Payload.of(2, HALF), 0, HALF);
        }

        @Actor
        void producer(II_Result r) {
            try {
                OfferResult result = producer.put(0, FIRST, 0, LENGTH, LONG);
                r.r1 = result == OfferResult.ACCEPTED ? 1 : 0;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Actor
        void consumer(II_Result r) {
            consumer.poll(message -> {}, 1);
            consumer.poll(message -> number = message.getByte(0), 1);
            r.r2 = number;
        }
    }
}
