package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.Claim;
import io.sluice.stress.jcstress.Payload;
import java.util.function.UnaryOperator;
import net.openhft.chronicle.bytes.BytesStore;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** SPSC ring: the release store of TAIL, and what must be visible behind it. */
public final class SpscPublication {

    private SpscPublication() {}

    @JCStressTest
    @Description("One offer, one poll")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "polled before the offer")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the message")
    @Outcome(expect = FORBIDDEN, desc = "a torn message, or none that was offered")
    @State
    public static class OfferPoll extends SpscPair {

        OfferPoll() {
            this(UnaryOperator.identity());
        }

        protected OfferPoll(UnaryOperator<RegionMemory> bug) {
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
    @Description("Two offers, polled one by one")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0", "1, 2"},
            expect = ACCEPTABLE,
            desc = "in order, as far as offered")
    @Outcome(expect = FORBIDDEN, desc = "torn, out of order, lost or twice")
    @State
    public static class TwoOffers extends SpscPair {

        TwoOffers() {
            this(UnaryOperator.identity());
        }

        protected TwoOffers(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            producer.offer(0, FIRST, 0, LENGTH);
            producer.offer(0, SECOND, 0, LENGTH);
        }

        @Actor
        protected void consumer(II_Result r) {
            r.r1 = pollOne();
            r.r2 = pollOne();
        }
    }

    @JCStressTest
    @Description("A message with its type and a length that is no multiple of a word")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "polled before the offer")
    @Outcome(id = "3, 7", expect = ACCEPTABLE, desc = "the message and its type")
    @Outcome(expect = FORBIDDEN, desc = "a torn message, or another type or length")
    @State
    public static class TypedOffer extends SpscPair {

        private static final int ODD_LENGTH = 75;
        private static final byte[] MESSAGE = Payload.of(3, ODD_LENGTH);

        private int type;
        private int number;

        TypedOffer() {
            super(UnaryOperator.identity());
        }

        @Actor
        void producer() {
            producer.offer(7, MESSAGE, 0, ODD_LENGTH);
        }

        @Actor
        void consumer(II_Result r) {
            consumer.poll(
                    message -> {
                        number = Payload.numberIn(message, ODD_LENGTH);
                        type = message.typeId();
                    },
                    1);
            r.r1 = number;
            r.r2 = type;
        }
    }

    @JCStressTest
    @Description("A message that is copied from native memory")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "polled before the offer")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the message")
    @Outcome(expect = FORBIDDEN, desc = "a torn message, or none that was offered")
    @State
    public static class NativeOffer extends SpscPair {

        private static final BytesStore<?, ?> NATIVE = BytesStore.nativeStoreFrom(FIRST);

        NativeOffer() {
            super(UnaryOperator.identity());
        }

        @Actor
        void producer() {
            producer.offer(0, NATIVE, 0, LENGTH);
        }

        @Actor
        void consumer(I_Result r) {
            r.r1 = pollOne();
        }
    }

    @JCStressTest
    @Description("Two messages staged, then flushed together")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "polled before the flush")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both")
    @Outcome(expect = FORBIDDEN, desc = "one without the other, or a torn one")
    @State
    public static class StageFlush extends SpscPair {

        private int wrong;

        StageFlush() {
            this(UnaryOperator.identity());
        }

        protected StageFlush(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            producer.stage(0, FIRST, 0, LENGTH);
            producer.stage(0, SECOND, 0, LENGTH);
            producer.flush();
        }

        @Actor
        protected void consumer(I_Result r) {
            int handled = poll(consumer, message -> wrong |= Payload.numberIn(message, LENGTH) & ~3, 4);
            r.r1 = wrong == 0 ? handled : Payload.TORN;
        }
    }

    @JCStressTest
    @Description("A claim that is filled in place and committed")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "polled before the commit")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the message")
    @Outcome(expect = FORBIDDEN, desc = "a half-filled message")
    @State
    public static class ClaimCommit extends SpscPair {

        ClaimCommit() {
            this(UnaryOperator.identity());
        }

        protected ClaimCommit(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            Claim claim = producer.claim(0, LENGTH);
            claim.setLong(0, 0x0101_0101_0101_0101L);
            claim.setBytes(8, FIRST, 0, 8);
            claim.commit();
        }

        @Actor
        protected void consumer(I_Result r) {
            r.r1 = pollOne();
        }
    }

    @JCStressTest
    @Description("A claim of which only the beginning is committed, and an offer behind it")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 0", "1, 2"},
            expect = ACCEPTABLE,
            desc = "in order, as far as committed")
    @Outcome(expect = FORBIDDEN, desc = "bytes of the claim that were given back, or a gap")
    @State
    public static class ClaimShortened extends SpscPair {

        ClaimShortened() {
            super(UnaryOperator.identity());
        }

        @Actor
        void producer() {
            Claim claim = producer.claim(0, 2 * LENGTH);
            claim.setBytes(0, FIRST, 0, LENGTH);
            claim.setBytes(LENGTH, SECOND, 0, LENGTH);
            claim.commit(LENGTH);
            producer.offer(0, SECOND, 0, LENGTH);
        }

        @Actor
        void consumer(II_Result r) {
            r.r1 = pollOne();
            r.r2 = pollOne();
        }
    }

    @JCStressTest
    @Description("A claim that is filled and aborted, and an offer in its place")
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "polled before the offer")
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "the message that was offered")
    @Outcome(expect = FORBIDDEN, desc = "something of the aborted claim")
    @State
    public static class ClaimAborted extends SpscPair {

        ClaimAborted() {
            this(UnaryOperator.identity());
        }

        protected ClaimAborted(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void producer() {
            Claim claim = producer.claim(0, LENGTH);
            claim.setBytes(0, SECOND, 0, LENGTH);
            claim.abort();
            producer.offer(0, FIRST, 0, LENGTH);
        }

        @Actor
        protected void consumer(I_Result r) {
            r.r1 = pollOne();
        }
    }

    @JCStressTest
    @Description("A message that is shown, not taken, and then taken")
    @Outcome(
            id = {"0, 0", "0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "shown and still there")
    @Outcome(expect = FORBIDDEN, desc = "torn, or gone by being shown")
    @State
    public static class PeekPoll extends SpscPair {

        private int shown;

        PeekPoll() {
            super(UnaryOperator.identity());
        }

        @Actor
        void producer() {
            producer.offer(0, FIRST, 0, LENGTH);
        }

        @Actor
        void consumer(II_Result r) {
            consumer.peek(message -> shown = Payload.numberIn(message, LENGTH), 1);
            r.r1 = shown;
            r.r2 = pollOne();
        }
    }

    @JCStressTest
    @Description("The numbers of bytes that both sides report as waiting")
    @Outcome(
            id = {"0, 24", "0, 0", "24, 24", "24, 0"},
            expect = ACCEPTABLE,
            desc = "before or after the offer, before or after the poll")
    @Outcome(expect = FORBIDDEN, desc = "a number that there never was")
    @State
    public static class Backlog extends SpscPair {

        Backlog() {
            super(UnaryOperator.identity());
        }

        @Actor
        void producer(II_Result r) {
            producer.offer(0, FIRST, 0, LENGTH);
            r.r2 = (int) producer.backlogBytes();
        }

        @Actor
        void consumer(II_Result r) {
            r.r1 = (int) consumer.backlogBytes();
            pollOne();
        }
    }
}
