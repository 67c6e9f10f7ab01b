package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.spsc.SpscHandles;
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

/** SPSC ring: the leases of its roles; closing, leaving, joining, and the roles of the dead. */
public final class SpscLife {

    private static final int REFUSED = 0;
    private static final int JOINED = 1;

    private SpscLife() {}

    /** A ring that nobody has joined, or whose roles dead processes have. */
    public abstract static class SpscJoin extends SpscPair {

        SpscJoin(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        static int joinAsProducer(RegionMemory memory) {
            try {
                SpscHandles.producer(memory, CAPACITY, WaitStrategy.spin());
                return JOINED;
            } catch (RoleTakenException e) {
                return REFUSED;
            }
        }

        static int joinAsConsumer(RegionMemory memory) {
            try {
                SpscHandles.consumer(memory, CAPACITY, WaitStrategy.spin());
                return JOINED;
            } catch (RoleTakenException e) {
                return REFUSED;
            }
        }
    }

    @JCStressTest
    @Description("An offer and the end of the stream")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0", "1, -1"},
            expect = ACCEPTABLE,
            desc = "the message first, the end after it")
    @Outcome(expect = FORBIDDEN, desc = "the end before the message, or without it")
    @State
    public static class OfferClose extends SpscPair {

        OfferClose() {
            this(UnaryOperator.identity());
        }

        protected OfferClose(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            producer.offer(0, FIRST, 0, LENGTH);
            producer.close();
        }

        @Actor
        protected void consumer(II_Result r) {
            r.r1 = pollOne();
            r.r2 = pollOne();
        }
    }

    @JCStressTest
    @Description("A message that was staged, published by closing")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0", "1, -1"},
            expect = ACCEPTABLE,
            desc = "the message first, the end after it")
    @Outcome(expect = FORBIDDEN, desc = "the end before the message, or without it")
    @State
    public static class StageClose extends SpscPair {

        StageClose() {
            super(UnaryOperator.identity());
        }

        @Actor
        void producer() {
            producer.stage(0, FIRST, 0, LENGTH);
            producer.close();
        }

        @Actor
        void consumer(II_Result r) {
            r.r1 = pollOne();
            r.r2 = pollOne();
        }
    }

    @JCStressTest
    @Description("The role is left, and another process goes on at once")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "refused: not left yet")
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "joined, and its message comes behind")
    @Outcome(expect = FORBIDDEN, desc = "a message overwritten, lost or out of order")
    @State
    public static class LeaveJoin extends SpscPair {

        private boolean lost;

        LeaveJoin() {
            this(UnaryOperator.identity());
        }

        protected LeaveJoin(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            try {
                producer.offer(0, FIRST, 0, LENGTH);
                producer.leave();
            } catch (LeaseLostException e) {
                lost = true;
            }
        }

        @Actor
        protected void successor(III_Result r) {
            try {
                RingProducer next = SpscHandles.producer(right, CAPACITY, WaitStrategy.spin());
                next.offer(0, SECOND, 0, LENGTH);
                r.r1 = JOINED;
            } catch (RoleTakenException e) {
                r.r1 = REFUSED;
            }
        }

        @Arbiter
        protected void rest(III_Result r) {
            r.r2 = pollOne();
            r.r3 = lost ? Payload.TORN : pollOne();
        }
    }

    @JCStressTest
    @Description("Two processes want to be the producer")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "one is")
    @Outcome(expect = FORBIDDEN, desc = "both, or none")
    @State
    public static class ProducersJoin extends SpscJoin {

        ProducersJoin() {
            this(UnaryOperator.identity());
        }

        protected ProducersJoin(UnaryOperator<RegionMemory> bug) {
            super(bug);
            producer.leave();
        }

        @Actor
        protected void first(II_Result r) {
            r.r1 = joinAsProducer(left);
        }

        @Actor
        protected void second(II_Result r) {
            r.r2 = joinAsProducer(right);
        }
    }

    @JCStressTest
    @Description("Two processes want to be the consumer")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "one is")
    @Outcome(expect = FORBIDDEN, desc = "both, or none")
    @State
    public static class ConsumersJoin extends SpscJoin {

        ConsumersJoin() {
            super(UnaryOperator.identity());
            consumer.close();
        }

        @Actor
        void first(II_Result r) {
            r.r1 = joinAsConsumer(left);
        }

        @Actor
        void second(II_Result r) {
            r.r2 = joinAsConsumer(right);
        }
    }

    @JCStressTest
    @Description("Two processes want the role of a dead producer")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "one gets it")
    @Outcome(expect = FORBIDDEN, desc = "both, or none")
    @State
    public static class HeirsJoin extends SpscJoin {

        HeirsJoin() {
            super(UnaryOperator.identity());
            producer.leave();
            SpscHandles.producer(slot.process(2), CAPACITY, WaitStrategy.spin());
            slot.kill(2);
        }

        @Actor
        void first(II_Result r) {
            r.r1 = joinAsProducer(left);
        }

        @Actor
        void second(II_Result r) {
            r.r2 = joinAsProducer(right);
        }
    }

    @JCStressTest
    @Description("A producer that offers and dies; a consumer that asks for its state and then polls")
    @Outcome(
            id = {"0, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "it lived")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "it was dead, and its message is there")
    @Outcome(expect = FORBIDDEN, desc = "dead, and what it had committed is missing or torn")
    @State
    public static class ProducerDies extends SpscPair {

        ProducerDies() {
            super(UnaryOperator.identity());
        }

        @Actor
        void producer() {
            producer.offer(0, FIRST, 0, LENGTH);
            slot.kill(0);
        }

        @Actor
        void consumer(II_Result r) {
            r.r1 = consumer.producerState() == PeerState.DEAD ? 1 : 0;
            r.r2 = pollOne();
        }
    }

    @JCStressTest
    @Description("A producer that offers, claims and dies; its successor takes over and offers")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "refused: it lived")
    @Outcome(id = "1, 1, 2", expect = ACCEPTABLE, desc = "joined, and its message comes behind")
    @Outcome(expect = FORBIDDEN, desc = "the dead one's message lost, its claim seen, or one torn")
    @State
    public static class ProducerSucceeded extends SpscPair {

        ProducerSucceeded() {
            this(UnaryOperator.identity());
        }

        protected ProducerSucceeded(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            producer.offer(0, FIRST, 0, LENGTH);
            producer.claim(0, LENGTH).setLong(0, 0x0707_0707_0707_0707L);
            slot.kill(0);
        }

        @Actor
        protected void successor(III_Result r) {
            try {
                RingProducer next = SpscHandles.producer(right, CAPACITY, WaitStrategy.spin());
                next.offer(0, SECOND, 0, LENGTH);
                r.r1 = JOINED;
            } catch (RoleTakenException e) {
                r.r1 = REFUSED;
            }
        }

        @Arbiter
        protected void rest(III_Result r) {
            r.r2 = pollOne();
            r.r3 = pollOne();
        }
    }

    @JCStressTest
    @Description("A consumer that takes one message, reads another and dies; its successor takes over")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "refused: it lived")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "joined, and gets what was not acknowledged")
    @Outcome(expect = FORBIDDEN, desc = "what was acknowledged comes again, or what was not is lost")
    @State
    public static class ConsumerSucceeded extends SpscPair {

        ConsumerSucceeded() {
            super(UnaryOperator.identity());
            producer.offer(0, FIRST, 0, LENGTH);
            producer.offer(0, SECOND, 0, LENGTH);
            producer.leave();
        }

        @Actor
        void consumer() {
            pollOne();
            consumer.peek(message -> {}, 1);
            slot.kill(1);
        }

        @Actor
        void successor(II_Result r) {
            try {
                RingConsumer next = SpscHandles.consumer(left, CAPACITY, WaitStrategy.spin());
                r.r2 = pollAsSuccessor(next);
                r.r1 = JOINED;
            } catch (RoleTakenException e) {
                r.r1 = REFUSED;
            }
        }

        private int number;

        private int pollAsSuccessor(RingConsumer next) {
            next.poll(message -> number = message.getByte(0), 1);
            return number;
        }
    }
}
