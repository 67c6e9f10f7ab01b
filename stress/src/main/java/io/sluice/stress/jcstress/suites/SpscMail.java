package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.spsc.SpscHandles;
import io.sluice.stress.jcstress.Payload;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** SPSC ring: the copy of the newest record beside TAIL, a sequence lock whose sequence is the position. */
public final class SpscMail {

    private SpscMail() {}

    /** A ring whose consumer reads the copy. */
    public abstract static class SpscMailPair extends SpscPair {

        SpscMailPair(UnaryOperator<RegionMemory> bug) {
            super(0, WaitStrategy.spin(), bug);
        }

        @Override
        void setUp(RegionMemory memory) {
            memory.setInt(SpscHandles.MAIL_WANTED, 1);
        }
    }

    @JCStressTest
    @Description("One offer with a copy, one poll")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "polled before the offer")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the message")
    @Outcome(expect = FORBIDDEN, desc = "a torn message, or none that was offered")
    @State
    public static class MailOffer extends SpscMailPair {

        MailOffer() {
            this(UnaryOperator.identity());
        }

        protected MailOffer(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            producer.offer(0, FIRST, 0, LENGTH);
        }

        @Actor
        protected void consumer(I_Result r) {
            r.r1 = pollOne();
        }
    }

    @JCStressTest
    @Description("Three offers with a copy, the first of which is polled while the copy is overwritten")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0", "1, 2"},
            expect = ACCEPTABLE,
            desc = "in order, as far as offered")
    @Outcome(expect = FORBIDDEN, desc = "torn, or another message's copy")
    @State
    public static class MailOverwritten extends SpscMailPair {

        private static final byte[] THIRD = Payload.of(3, LENGTH);

        MailOverwritten() {
            this(UnaryOperator.identity());
        }

        protected MailOverwritten(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            producer.offer(0, FIRST, 0, LENGTH);
            producer.offer(0, SECOND, 0, LENGTH);
            producer.offer(0, THIRD, 0, LENGTH);
        }

        @Actor
        protected void consumer(II_Result r) {
            r.r1 = pollOne();
            r.r2 = pollOne();
        }
    }

    @JCStressTest
    @Description(
            "The copy of what a dead producer had not published, and a successor that is not asked for copies as yet")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "polled before the offer")
    @Outcome(id = "4", expect = ACCEPTABLE, desc = "the successor's message")
    @Outcome(expect = FORBIDDEN, desc = "the dead producer's")
    @State
    public static class MailOfDead extends SpscMailPair {

        private static final byte[] PLAIN = Payload.of(4, LENGTH);

        private final RegionMemory heir;
        private int number;

        MailOfDead() {
            this(UnaryOperator.identity());
        }

        protected MailOfDead(UnaryOperator<RegionMemory> bug) {
            super(bug);
            heir = bug.apply(slot.process(2));
            // As a process leaves it that dies between the copy and the position.
            producer.stage(0, FIRST, 0, LENGTH);
            slot.kill(0);
        }

        @Actor
        protected void producer() {
            heir.setInt(SpscHandles.MAIL_WANTED, 0);
            SpscHandles.producer(heir, CAPACITY, WaitStrategy.spin()).offer(0, PLAIN, 0, LENGTH);
        }

        @Actor
        protected void consumer(I_Result r) {
            consumer.poll(message -> number = Payload.numberIn(message, message.length()), 1);
            r.r1 = number;
        }
    }
}
