package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.Sleepers;
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
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Broadcast ring: a producer that goes no further than the slowest consumer, while consumers come, read and go. */
public final class BroadcastGating {

    static final int LENGTH = 16;

    private static final int MESSAGES = 4;
    private static final byte[][] MESSAGE = new byte[MESSAGES + 1][];

    static {
        for (int number = 0; number <= MESSAGES; number++) {
            MESSAGE[number] = Payload.of(number, LENGTH);
        }
    }

    private BroadcastGating() {}

    /** A ring that holds two messages. */
    public abstract static class Ring extends TwoProcesses {

        static final BroadcastHandles HANDLES = new BroadcastHandles(2, 64);
        private static final Slab SLAB = Slab.of(
                BroadcastHandles.PRODUCER, HANDLES.memoryBytes(), BroadcastHandles.PRODUCER, HANDLES.memoryBytes());

        /** Process 0. */
        protected final RingProducer producer;

        private int last; // number of the message that came last; 0 before that
        private volatile boolean wrong;

        Ring(UnaryOperator<RegionMemory> bug) {
            super(SLAB, bug);
            producer = HANDLES.producer(left, WaitStrategy.spin());
        }

        final RingConsumer join() {
            return HANDLES.consumer(right, WaitStrategy.spin());
        }

        /**
         * Offers; what a ring that looks corrupt, as only a twin's does, does not take is missed by the consumer.
         *
         * @return whether the ring took it
         */
        final boolean offer(int number) {
            try {
                return producer.offer(0, MESSAGE[number], 0, LENGTH) == OfferResult.ACCEPTED;
            } catch (CorruptRingException e) {
                wrong = true;
                return false;
            }
        }

        /** Polls for one message; {@link Payload#TORN} if it is not whole, or not the one behind that before it. */
        final int pollNext(RingConsumer from) {
            int handled = SpscPair.poll(
                    from,
                    message -> {
                        int number = Payload.numberIn(message, LENGTH);
                        wrong |= number == Payload.TORN || (last != 0 && number != last + 1);
                        last = number;
                    },
                    1);
            return wrong || handled == Payload.TORN ? Payload.TORN : handled;
        }
    }

    @JCStressTest
    @Description("A consumer joins while the producer fills the ring")
    @Outcome(
            id = {"0", "1", "2", "3", "4"},
            expect = ACCEPTABLE,
            desc = "what came was whole and without a gap")
    @Outcome(expect = FORBIDDEN, desc = "overwritten before it was read")
    @State
    public static class JoinWhileFilled extends Ring {

        JoinWhileFilled() {
            this(UnaryOperator.identity());
        }

        protected JoinWhileFilled(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void fill() {
            // To the first that does not fit: one behind it may, if the consumer reads meanwhile, and would leave a
            // gap.
            int number = 1;
            while (number <= MESSAGES && offer(number)) {
                number++;
            }
        }

        @Actor
        protected void listen(I_Result r) {
            RingConsumer consumer;
            try {
                consumer = join();
            } catch (CorruptRingException e) {
                // Only in a twin: the producer has gone too far already.
                r.r1 = Payload.TORN;
                return;
            }
            int polled = 0;
            for (int poll = 0; poll < MESSAGES && polled >= 0; poll++) {
                int next = pollNext(consumer);
                polled = next < 0 ? next : polled + next;
            }
            r.r1 = polled;
        }
    }

    @JCStressTest
    @Description("The ring is full; the producer wants to go on while the consumer reads")
    @Outcome(
            id = {"1, 1, 0", "1, 1, 1"},
            expect = ACCEPTABLE,
            desc = "what came was whole and without a gap")
    @Outcome(expect = FORBIDDEN, desc = "overwritten before it was read")
    @State
    public static class OfferWhileRead extends Ring {

        private final RingConsumer consumer;

        OfferWhileRead() {
            this(UnaryOperator.identity());
        }

        protected OfferWhileRead(UnaryOperator<RegionMemory> bug) {
            super(bug);
            consumer = join();
            offer(1);
            offer(2);
        }

        @Actor
        protected void producer() {
            offer(3);
        }

        @Actor
        protected void consumer(III_Result r) {
            r.r1 = pollNext(consumer);
        }

        @Arbiter
        protected void rest(III_Result r) {
            r.r2 = pollNext(consumer);
            r.r3 = pollNext(consumer);
        }
    }

    @JCStressTest
    @Description("A consumer that holds the producer up leaves; the producer is about to sleep")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "the room was seen, or the word says no more that somebody sleeps")
    @Outcome(expect = FORBIDDEN, desc = "a lost wake-up: it would sleep, and the word still says so")
    @State
    public static class LeaveWake extends Ring {

        private final RingConsumer consumer;

        LeaveWake() {
            this(UnaryOperator.identity());
        }

        protected LeaveWake(UnaryOperator<RegionMemory> bug) {
            super(bug);
            consumer = join();
            offer(1);
            offer(2);
        }

        @Actor
        protected void producer(II_Result r) {
            Sleepers.announce(left, HANDLES.space());
            r.r1 = producer.backlogBytes() == 0 ? 0 : 1;
        }

        @Actor
        protected void consumer() {
            consumer.close();
        }

        @Arbiter
        protected void asleep(II_Result r) {
            r.r2 = Sleepers.areAnnounced(left, HANDLES.space()) ? 1 : 0;
        }
    }
}
