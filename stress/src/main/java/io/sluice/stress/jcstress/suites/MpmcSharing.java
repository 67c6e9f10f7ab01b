package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.mpmc.MpmcHandles;
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

/** MPMC ring: ranges that are taken, acknowledged, refused, and adopted from the dead. Process 2 produces. */
public final class MpmcSharing {

    // With its header half of a lane, so that a third message lies where the first one did.
    static final int LENGTH = 24;
    static final byte[] FIRST = Payload.of(1, LENGTH);
    static final byte[] SECOND = Payload.of(2, LENGTH);
    static final byte[] THIRD = Payload.of(3, LENGTH);

    private MpmcSharing() {}

    /** A ring with lanes that hold two messages. */
    public abstract static class Ring extends TwoProcesses {

        private static final long CAPACITY = 64;
        private static final long BYTES = MpmcHandles.memoryBytes(CAPACITY);
        private static final Slab SLAB = Slab.of(MpmcHandles.DATA, BYTES, MpmcHandles.DATA, BYTES);

        /** Process 2. */
        protected final RingProducer producer;

        Ring(UnaryOperator<RegionMemory> bug) {
            super(SLAB, bug);
            producer = MpmcHandles.producer(bug.apply(slot.process(2)), CAPACITY, WaitStrategy.spin());
        }

        static RingConsumer consumer(RegionMemory memory) {
            return MpmcHandles.consumer(memory, CAPACITY, WaitStrategy.spin());
        }

        final void offer(byte[] message) {
            producer.offer(0, message, 0, LENGTH);
        }

        /** Polls for one message; its number, or the poll's own result. */
        static int pollOne(RingConsumer from) {
            int[] number = {0};
            int handled = SpscPair.poll(from, message -> number[0] = Payload.numberIn(message, LENGTH), 1);
            return handled > 0 ? number[0] : handled;
        }
    }

    @JCStressTest
    @Description("Two consumers want one of two messages each")
    @Outcome(
            id = {"1, 2, 0", "2, 1, 0", "0, 1, 2", "1, 0, 2"},
            expect = ACCEPTABLE,
            desc = "each message came to one of them")
    @Outcome(expect = FORBIDDEN, desc = "a message lost, doubled or torn")
    @State
    public static class Take extends Ring {

        private final RingConsumer first;
        private final RingConsumer second;

        Take() {
            this(UnaryOperator.identity());
        }

        protected Take(UnaryOperator<RegionMemory> bug) {
            super(bug);
            first = consumer(left);
            second = consumer(right);
            offer(FIRST);
            offer(SECOND);
        }

        @Actor
        protected void first(III_Result r) {
            r.r1 = pollOne(first);
        }

        @Actor
        protected void second(III_Result r) {
            r.r2 = pollOne(second);
        }

        @Arbiter
        protected void rest(III_Result r) {
            r.r3 = pollOne(first);
        }
    }

    @JCStressTest
    @Description("An offer into a full lane, while a consumer takes and acknowledges what is there")
    @Outcome(
            id = {"1, 2, 0", "1, 2, 3"},
            expect = ACCEPTABLE,
            desc = "what was there came whole, and the new one if there was room")
    @Outcome(expect = FORBIDDEN, desc = "overwritten before it was read, or lost")
    @State
    public static class OfferWhileTaken extends Ring {

        private final RingConsumer consumer;

        OfferWhileTaken() {
            this(UnaryOperator.identity());
        }

        protected OfferWhileTaken(UnaryOperator<RegionMemory> bug) {
            super(bug);
            consumer = consumer(right);
            offer(FIRST);
            offer(SECOND);
        }

        @Actor
        protected void producer() {
            // Where the first one lies.
            offer(THIRD);
        }

        @Actor
        protected void consumer(III_Result r) {
            r.r1 = pollOne(consumer);
        }

        @Arbiter
        protected void rest(III_Result r) {
            r.r2 = pollOne(consumer);
            r.r3 = pollOne(consumer);
        }
    }

    @JCStressTest
    @Description("A consumer refuses a message; another one polls")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "the other one gets it, now or later")
    @Outcome(expect = FORBIDDEN, desc = "the message is lost, doubled or torn")
    @State
    public static class Refuse extends Ring {

        private final RingConsumer refuser;
        private final RingConsumer other;

        Refuse() {
            this(UnaryOperator.identity());
        }

        protected Refuse(UnaryOperator<RegionMemory> bug) {
            super(bug);
            refuser = consumer(left);
            other = consumer(right);
            offer(FIRST);
            refuser.peek(message -> {}, 1);
            // From now on it looks for what was refused only when it is told to.
            pollOne(other);
        }

        @Actor
        protected void refuser() {
            refuser.nack();
        }

        @Actor
        protected void other(II_Result r) {
            r.r1 = pollOne(other);
        }

        @Arbiter
        protected void rest(II_Result r) {
            r.r2 = pollOne(other);
        }
    }

    @JCStressTest
    @Description("Two consumers join and want what a dead one held")
    @Outcome(
            id = {"1, 0, 0", "0, 1, 0", "0, 0, 1"},
            expect = ACCEPTABLE,
            desc = "one gets it")
    @Outcome(expect = FORBIDDEN, desc = "the message is lost, doubled or torn")
    @State
    public static class Adopt extends Ring {

        private RingConsumer first;

        Adopt() {
            this(UnaryOperator.identity());
        }

        protected Adopt(UnaryOperator<RegionMemory> bug) {
            super(bug);
            offer(FIRST);
            consumer(slot.process(3)).peek(message -> {}, 1);
            slot.kill(3);
        }

        @Actor
        protected void first(III_Result r) {
            first = consumer(left);
            r.r1 = pollOne(first);
        }

        @Actor
        protected void second(III_Result r) {
            r.r2 = pollOne(consumer(right));
        }

        @Arbiter
        protected void rest(III_Result r) {
            r.r3 = pollOne(first);
        }
    }
}
