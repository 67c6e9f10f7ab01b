package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.broadcast.BroadcastHandles;
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
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * Lossy broadcast ring: a producer that overwrites what a consumer is reading. What comes is whole, in order, and
 * together with what is said to be missed it is everything.
 */
public final class BroadcastLapping {

    static final int LENGTH = 16;

    private static final int RECORD = 24;
    private static final int MESSAGES = 6;
    private static final byte[][] MESSAGE = new byte[MESSAGES + 1][];

    static {
        for (int number = 0; number <= MESSAGES; number++) {
            MESSAGE[number] = Payload.of(number, LENGTH);
        }
    }

    private BroadcastLapping() {}

    /** A ring that holds two messages; the fourth overwrites the first. */
    public abstract static class Ring extends TwoProcesses {

        static final BroadcastHandles HANDLES = new BroadcastHandles(2, 64, true);
        private static final Slab SLAB = Slab.of(
                BroadcastHandles.PRODUCER, HANDLES.memoryBytes(), BroadcastHandles.PRODUCER, HANDLES.memoryBytes());

        private final RingProducer producer;

        private RingConsumer consumer;
        private int got;
        private int last; // number of the message that came last; 0 before that
        private long missed; // bytes, when it came
        private boolean wrong;

        Ring(UnaryOperator<RegionMemory> bug) {
            super(SLAB, bug);
            producer = HANDLES.producer(left, WaitStrategy.spin());
        }

        final void join() {
            consumer = HANDLES.consumer(right, WaitStrategy.spin());
        }

        final void offer(int from, int to) {
            for (int number = from; number <= to; number++) {
                if (producer.offer(0, MESSAGE[number], 0, LENGTH) != OfferResult.ACCEPTED) {
                    throw new IllegalStateException("a lossy ring refuses a message");
                }
            }
        }

        /** Polls so often; a ring that looks corrupt, as only a twin's does, counts as a torn message. */
        final void poll(int times, int limit) {
            try {
                for (int poll = 0; poll < times; poll++) {
                    consumer.poll(this::got, limit);
                }
            } catch (CorruptRingException | IndexOutOfBoundsException e) {
                wrong = true;
            }
        }

        final void peek() {
            try {
                consumer.peek(message -> wrong |= Payload.numberIn(message, LENGTH) == Payload.TORN, 2);
            } catch (CorruptRingException | IndexOutOfBoundsException e) {
                wrong = true;
            }
        }

        private void got(Message message) {
            int number = Payload.numberIn(message, LENGTH);
            long gap = (consumer.missedBytes() - missed) / RECORD;
            wrong |= number == Payload.TORN || (last != 0 && number != last + 1 + gap);
            last = number;
            missed = consumer.missedBytes();
            got++;
        }

        /**
         * Reads the rest: how many messages came or were said to be missed; {@link Payload#TORN} if one was not whole.
         */
        final int everything() {
            poll(2 * MESSAGES, 1);
            return wrong || consumer.missedBytes() % RECORD != 0
                    ? Payload.TORN
                    : got + (int) (consumer.missedBytes() / RECORD);
        }
    }

    @JCStressTest
    @Description("Two messages are there; the producer overwrites them while the consumer reads one by one")
    @Outcome(id = "5", expect = ACCEPTABLE, desc = "all came whole, or were said to be missed")
    @Outcome(expect = FORBIDDEN, desc = "a torn message, or a gap that nobody told of")
    @State
    public static class OverwriteWhileRead extends Ring {

        OverwriteWhileRead() {
            this(UnaryOperator.identity());
        }

        protected OverwriteWhileRead(UnaryOperator<RegionMemory> bug) {
            super(bug);
            join();
            offer(1, 2);
        }

        @Actor
        protected void producer() {
            offer(3, 5);
        }

        @Actor
        protected void consumer() {
            poll(2, 1);
        }

        @Arbiter
        protected void rest(I_Result r) {
            r.r1 = everything();
        }
    }

    @JCStressTest
    @Description("As OverwriteWhileRead, with messages in crowds, shown before they are taken")
    @Outcome(id = "6", expect = ACCEPTABLE, desc = "all came whole, or were said to be missed")
    @Outcome(expect = FORBIDDEN, desc = "a torn message, or a gap that nobody told of")
    @State
    public static class OverwriteWhileShown extends Ring {

        OverwriteWhileShown() {
            this(UnaryOperator.identity());
        }

        protected OverwriteWhileShown(UnaryOperator<RegionMemory> bug) {
            super(bug);
            join();
            offer(1, 2);
        }

        @Actor
        protected void producer() {
            offer(3, 6);
        }

        @Actor
        protected void consumer() {
            peek();
            poll(1, MESSAGES);
        }

        @Arbiter
        protected void rest(I_Result r) {
            r.r1 = everything();
        }
    }

    @JCStressTest
    @Description("A consumer that is lapped already looks where to go on, while the producer laps it again")
    @Outcome(id = "6", expect = ACCEPTABLE, desc = "all came whole, or were said to be missed")
    @Outcome(expect = FORBIDDEN, desc = "it went on where no message starts, or told of less than it missed")
    @State
    public static class LapAgain extends Ring {

        LapAgain() {
            this(UnaryOperator.identity());
        }

        protected LapAgain(UnaryOperator<RegionMemory> bug) {
            super(bug);
            join();
            offer(1, 4);
        }

        @Actor
        protected void producer() {
            offer(5, 6);
        }

        @Actor
        protected void consumer() {
            poll(2, 2);
        }

        @Arbiter
        protected void rest(I_Result r) {
            r.r1 = everything();
        }
    }

    @JCStressTest
    @Description("A consumer joins while the producer overwrites")
    @Outcome(
            id = {"0", "1", "2", "3", "4", "5", "6"},
            expect = ACCEPTABLE,
            desc = "all from its joining on came whole, or were said to be missed")
    @Outcome(expect = FORBIDDEN, desc = "a torn message, or a gap that nobody told of")
    @State
    public static class JoinWhileOverwritten extends Ring {

        JoinWhileOverwritten() {
            this(UnaryOperator.identity());
        }

        protected JoinWhileOverwritten(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            offer(1, MESSAGES);
        }

        @Actor
        protected void consumer() {
            join();
            poll(3, 1);
        }

        @Arbiter
        protected void rest(I_Result r) {
            r.r1 = everything();
        }
    }
}
