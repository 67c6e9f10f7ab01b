package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.mpsc.MpscHandles;
import io.sluice.stress.jcstress.Payload;
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

/** MPSC ring: lanes that are taken, written, looked at and left, in both orders. Process 2 consumes. */
public final class MpscLanes {

    static final int LENGTH = 16;
    static final byte[] FIRST = Payload.of(1, LENGTH);
    static final byte[] SECOND = Payload.of(2, LENGTH);
    static final byte[] THIRD = Payload.of(3, LENGTH);

    private MpscLanes() {}

    /** A ring with two lanes that each hold two messages. */
    public abstract static class Ring extends TwoProcesses {

        private static final MpscHandles PER_PRODUCER = new MpscHandles(2, 64, false);
        private static final MpscHandles TOTAL = new MpscHandles(2, 64, true);
        private static final Slab SLAB =
                Slab.of(MpscHandles.CONSUMER, TOTAL.memoryBytes(), MpscHandles.CONSUMER, TOTAL.memoryBytes());

        private final MpscHandles handles;
        private final RingConsumer consumer;
        private int number;
        private volatile boolean lost;

        Ring(boolean total, UnaryOperator<RegionMemory> bug) {
            super(SLAB, bug);
            handles = total ? TOTAL : PER_PRODUCER;
            consumer = handles.consumer(bug.apply(slot.process(2)), WaitStrategy.spin());
        }

        final RingProducer producer(RegionMemory memory) {
            return handles.producer(memory, WaitStrategy.spin());
        }

        /** Joins and offers; who loses its lane, as only in a twin, has sent nothing. */
        final void joinAndOffer(RegionMemory memory, byte[] message) {
            try {
                producer(memory).offer(0, message, 0, LENGTH);
            } catch (LeaseLostException e) {
                lost = true;
            }
        }

        /** Polls for one message; its number, or the poll's own result. */
        final int pollOne() {
            if (lost) {
                return Payload.TORN;
            }
            number = 0;
            int handled = SpscPair.poll(consumer, message -> number = Payload.numberIn(message, LENGTH), 1);
            return handled > 0 ? number : handled;
        }

        final void pollThree(III_Result r) {
            r.r1 = pollOne();
            r.r2 = pollOne();
            r.r3 = pollOne();
        }

        /** Joins, offers and closes, as process 0. */
        final void joinOfferAndClose() {
            RingProducer producer = producer(left);
            producer.offer(0, FIRST, 0, LENGTH);
            producer.close();
        }

        /** Leaves a lane whose producer is dead: a message is committed, another one was being written. */
        final void dieWithAMessageAndAClaim() {
            RingProducer dead = producer(slot.process(3));
            dead.offer(0, THIRD, 0, LENGTH);
            dead.claim(0, LENGTH).setLong(0, 0x0707_0707_0707_0707L);
            slot.kill(3);
        }

        /** Polls for what the heirs sent; {@link Payload#TORN} if the dead one's message is missing. */
        final void pollHeirs(II_Result r) {
            int dead = pollOne();
            r.r1 = pollOne();
            r.r2 = dead == 3 || r.r1 == 3 ? pollOne() : Payload.TORN;
            r.r1 = r.r1 == 3 ? dead : r.r1;
        }
    }

    @JCStressTest
    @Description("Two producers offer, in the order of each producer")
    @Outcome(
            id = {"1, 2, 0", "2, 1, 0"},
            expect = ACCEPTABLE,
            desc = "both came")
    @Outcome(expect = FORBIDDEN, desc = "a message lost, doubled or torn")
    @State
    public static class Offers extends Ring {

        private final RingProducer first;
        private final RingProducer second;

        Offers() {
            super(false, UnaryOperator.identity());
            first = producer(left);
            second = producer(right);
        }

        @Actor
        void first() {
            first.offer(0, FIRST, 0, LENGTH);
        }

        @Actor
        void second() {
            second.offer(0, SECOND, 0, LENGTH);
        }

        @Arbiter
        void rest(III_Result r) {
            pollThree(r);
        }
    }

    @JCStressTest
    @Description("Two producers join and offer, in the order of each producer")
    @Outcome(
            id = {"1, 2, 0", "2, 1, 0"},
            expect = ACCEPTABLE,
            desc = "both came")
    @Outcome(expect = FORBIDDEN, desc = "a lane taken twice, or overlooked")
    @State
    public static class Joins extends Ring {

        Joins() {
            this(UnaryOperator.identity());
        }

        protected Joins(UnaryOperator<RegionMemory> bug) {
            super(false, bug);
        }

        @Actor
        protected void first() {
            joinAndOffer(left, FIRST);
        }

        @Actor
        protected void second() {
            joinAndOffer(right, SECOND);
        }

        @Arbiter
        protected void rest(III_Result r) {
            pollThree(r);
        }
    }

    @JCStressTest
    @Description("A producer joins, offers and closes, in the order of each producer; the consumer polls")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0", "1, -1"},
            expect = ACCEPTABLE,
            desc = "the message first, the end after it")
    @Outcome(expect = FORBIDDEN, desc = "the end before the message, or without it")
    @State
    public static class JoinOfferClose extends Ring {

        JoinOfferClose() {
            this(UnaryOperator.identity());
        }

        protected JoinOfferClose(UnaryOperator<RegionMemory> bug) {
            super(false, bug);
        }

        @Actor
        protected void producer() {
            joinOfferAndClose();
        }

        @Actor
        protected void consumer(II_Result r) {
            r.r1 = pollOne();
            r.r2 = pollOne();
        }
    }

    @JCStressTest
    @Description("One process takes the lane of a dead producer, another one a new lane, in the order of each producer")
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "everything came, the dead one's first")
    @Outcome(expect = FORBIDDEN, desc = "a message lost, doubled, or before the dead one's of its lane")
    @State
    public static class Heirs extends Ring {

        Heirs() {
            super(false, UnaryOperator.identity());
            dieWithAMessageAndAClaim();
        }

        @Actor
        void first() {
            joinAndOffer(left, FIRST);
        }

        @Actor
        void second() {
            joinAndOffer(right, SECOND);
        }

        @Arbiter
        void rest(II_Result r) {
            pollHeirs(r);
        }
    }

    @JCStressTest
    @Description("Two producers offer, in total order")
    @Outcome(
            id = {"1, 2, 0", "2, 1, 0"},
            expect = ACCEPTABLE,
            desc = "both came")
    @Outcome(expect = FORBIDDEN, desc = "a message lost, doubled or torn")
    @State
    public static class TotalOffers extends Ring {

        private final RingProducer first;
        private final RingProducer second;

        TotalOffers() {
            super(true, UnaryOperator.identity());
            first = producer(left);
            second = producer(right);
        }

        @Actor
        void first() {
            first.offer(0, FIRST, 0, LENGTH);
        }

        @Actor
        void second() {
            second.offer(0, SECOND, 0, LENGTH);
        }

        @Arbiter
        void rest(III_Result r) {
            pollThree(r);
        }
    }

    @JCStressTest
    @Description("Two producers join and offer, in total order")
    @Outcome(
            id = {"1, 2, 0", "2, 1, 0"},
            expect = ACCEPTABLE,
            desc = "both came")
    @Outcome(expect = FORBIDDEN, desc = "a lane taken twice, or overlooked")
    @State
    public static class TotalJoins extends Ring {

        TotalJoins() {
            this(UnaryOperator.identity());
        }

        protected TotalJoins(UnaryOperator<RegionMemory> bug) {
            super(true, bug);
        }

        @Actor
        protected void first() {
            joinAndOffer(left, FIRST);
        }

        @Actor
        protected void second() {
            joinAndOffer(right, SECOND);
        }

        @Arbiter
        protected void rest(III_Result r) {
            pollThree(r);
        }
    }

    @JCStressTest
    @Description("A producer joins, offers and closes, in total order; the consumer polls")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0", "1, -1"},
            expect = ACCEPTABLE,
            desc = "the message first, the end after it")
    @Outcome(expect = FORBIDDEN, desc = "the end before the message, or without it")
    @State
    public static class TotalJoinOfferClose extends Ring {

        TotalJoinOfferClose() {
            this(UnaryOperator.identity());
        }

        protected TotalJoinOfferClose(UnaryOperator<RegionMemory> bug) {
            super(true, bug);
        }

        @Actor
        protected void producer() {
            joinOfferAndClose();
        }

        @Actor
        protected void consumer(II_Result r) {
            r.r1 = pollOne();
            r.r2 = pollOne();
        }
    }

    @JCStressTest
    @Description("One process takes the lane of a dead producer, another one a new lane, in total order")
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "everything came, the dead one's first")
    @Outcome(expect = FORBIDDEN, desc = "a message lost, doubled, or before the dead one's of its lane")
    @State
    public static class TotalHeirs extends Ring {

        TotalHeirs() {
            super(true, UnaryOperator.identity());
            dieWithAMessageAndAClaim();
        }

        @Actor
        void first() {
            joinAndOffer(left, FIRST);
        }

        @Actor
        void second() {
            joinAndOffer(right, SECOND);
        }

        @Arbiter
        void rest(II_Result r) {
            pollHeirs(r);
        }
    }

    @JCStressTest
    @Description(
            "Messages committed one after the other through two lanes, in total order; the consumer polls meanwhile")
    @Outcome(
            id = {"0, 0, 1", "0, 1, 2", "1, 0, 2", "1, 2, 3"},
            expect = ACCEPTABLE,
            desc = "in the order of their commits")
    @Outcome(expect = FORBIDDEN, desc = "overtaken, lost or torn")
    @State
    public static class TotalOrder extends Ring {

        private final RingProducer first;
        private final RingProducer second;

        TotalOrder() {
            this(UnaryOperator.identity());
        }

        protected TotalOrder(UnaryOperator<RegionMemory> bug) {
            super(true, bug);
            first = producer(left);
            second = producer(left);
        }

        @Actor
        protected void producers() {
            // The consumer looks at the first lane first, so what is there comes late to its first look.
            first.offer(0, FIRST, 0, LENGTH);
            second.offer(0, SECOND, 0, LENGTH);
            first.offer(0, THIRD, 0, LENGTH);
        }

        @Actor
        protected void consumer(III_Result r) {
            r.r1 = pollOne();
            r.r2 = pollOne();
        }

        @Arbiter
        protected void rest(III_Result r) {
            r.r3 = pollOne();
        }
    }
}
