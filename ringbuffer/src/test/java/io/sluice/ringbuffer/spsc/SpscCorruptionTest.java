package io.sluice.ringbuffer.spsc;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.record.Records;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** A live ring into which something else stored: each damage is an exception that names it, and nothing worse. */
@Timeout(120)
class SpscCorruptionTest {

    private static final long CAPACITY = 4096;
    private static final MessageHandler NOBODY = message -> fail("delivered the message at " + message.position());

    private SpscTestRing ring;
    private RegionMemory vandal;
    private RingProducer producer;
    private RingConsumer consumer;

    @BeforeEach
    void createRing() {
        use(SpscTestRing.mapped(CAPACITY, false, WaitStrategy.backOff()));
    }

    private void use(SpscTestRing newRing) {
        ring = newRing;
        vandal = ring.newProcess();
        producer = ring.producer();
        consumer = ring.consumer();
    }

    @AfterEach
    void closeRing() {
        ring.close();
    }

    private static void assertNames(String field, Executable use) {
        CorruptRingException damage = assertThrows(CorruptRingException.class, use);
        assertTrue(damage.getMessage().contains("corrupt " + field), damage.getMessage());
        assertTrue(damage.getMessage().contains("expected"), damage.getMessage());
        assertTrue(damage.getMessage().contains("found"), damage.getMessage());
    }

    @Test
    void consumerRefusesAnImpossibleTail() {
        for (long tail : new long[] {4, -8, CAPACITY + 8, Long.MAX_VALUE - 7, Long.MIN_VALUE}) {
            vandal.setLong(SpscLayout.TAIL, tail);
            assertNames("TAIL", () -> consumer.poll(NOBODY, 1));
            assertNames("TAIL", () -> consumer.peek(NOBODY, 1));
            assertNames("TAIL", () -> consumer.take(NOBODY, 1));
            assertNames("TAIL", consumer::backlogBytes);
        }
        vandal.setLong(SpscLayout.TAIL, 0);
        producer.offer(bytes("whole again"));
        expect(consumer, "whole again");
    }

    @Test
    void producerRefusesAnImpossibleHead() throws InterruptedException {
        fill();
        for (long head : new long[] {4, -CAPACITY, CAPACITY + 8, Long.MIN_VALUE}) {
            vandal.setLong(SpscLayout.HEAD, head);
            assertNames("HEAD", () -> producer.offer(new byte[100]));
            assertNames("HEAD", () -> producer.put(new byte[100]));
            assertNames("HEAD", () -> producer.claim(0, 100));
            assertNames("HEAD", producer::backlogBytes);
        }
    }

    @Test
    void nobodyJoinsARingWithImpossiblePositionsAndTheRolesStayFree() {
        producer.leave();
        consumer.close();
        for (long[] tailAndHead :
                new long[][] {{8, 16}, {CAPACITY + 8, 0}, {-8, 0}, {12, 8}, {8, 4}, {4, 4}, {Long.MIN_VALUE, 0}}) {
            vandal.setLong(SpscLayout.TAIL, tailAndHead[0]);
            vandal.setLong(SpscLayout.HEAD, tailAndHead[1]);
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThrows(CorruptRingException.class, ring::producer);
                assertThrows(CorruptRingException.class, ring::consumer);
            }
        }
        vandal.setLong(SpscLayout.TAIL, 0);
        vandal.setLong(SpscLayout.HEAD, 0);
        ring.producer().offer(bytes("a"));
        expect(ring.consumer(), "a");
    }

    @Test
    void refusesAWildRecordLength() {
        int longest = producer.maxMessageLength();
        producer.offer(bytes("before"));
        producer.offer(new byte[16]);
        consumer.poll(message -> {}, 1);
        long record = SpscLayout.RECORDS + 16;
        for (int length : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, longest + 1, longest, 17, 24}) {
            vandal.setLong(record, Records.header(0, length));
            assertNames("record length", () -> consumer.poll(NOBODY, 1));
            assertNames("record length", () -> consumer.peek(NOBODY, 1));
        }
        vandal.setLong(record, Records.header(0, 16));
        assertEquals(1, consumer.poll(message -> {}, 1));
    }

    @Test
    void refusesALengthThatLeavesTheRecordArea() {
        // The record starts near the end; another lap behind it makes room enough in terms of positions.
        moveTo(CAPACITY - 64);
        producer.offer(new byte[40]);
        producer.offer(new byte[1500]);
        producer.offer(new byte[1500]);
        // The record itself is to be read, not its copy.
        vandal.setLong(SpscLayout.MAIL_OF, 0);
        long record = SpscLayout.RECORDS + CAPACITY - 64;
        for (int length : new int[] {121, 128, 1000}) {
            vandal.setLong(record, Records.header(0, length));
            assertNames("record length", () -> consumer.poll(NOBODY, 1));
        }
    }

    @Test
    void refusesAWildTypeOrPadding() {
        producer.offer(new byte[16]);
        producer.offer(new byte[16]);
        for (long header : new long[] {
            Records.header(-2, 16),
            Records.header(Integer.MIN_VALUE, 0),
            Records.header(Records.PADDING, 16),
            Records.header(Records.PADDING, -8),
            Records.header(Records.PADDING, (int) CAPACITY - Records.HEADER)
        }) {
            vandal.setLong(SpscLayout.RECORDS, header);
            assertNames("record type", () -> consumer.poll(NOBODY, 1));
            assertNames("record type", () -> consumer.peek(NOBODY, 1));
        }
    }

    @Test
    void refusesPaddingThatNothingFollows() {
        moveTo(CAPACITY - 64);
        producer.offer(new byte[56]);
        vandal.setLong(SpscLayout.RECORDS + CAPACITY - 64, Records.header(Records.PADDING, 56));
        assertNames("record type", () -> consumer.poll(NOBODY, 1));
    }

    @Test
    void acknowledgesWhatCameBeforeTheDamage() {
        producer.offer(bytes("a"));
        producer.offer(bytes("b"));
        vandal.setLong(SpscLayout.RECORDS + 16, Records.header(0, -5));
        assertNames("record length", () -> consumer.poll(message -> assertEquals('a', message.getByte(0)), 10));
        assertEquals(16, vandal.getLong(SpscLayout.HEAD));
    }

    @Test
    void survivesWhateverIsStoredIntoTheRing() {
        long seed = System.nanoTime();
        System.out.println("SpscCorruptionTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 3000; round++) {
            producer.leave();
            consumer.close();
            vandal.setLong(SpscLayout.TAIL, 0);
            vandal.setLong(SpscLayout.HEAD, 0);
            producer = ring.producer();
            consumer = ring.consumer();
            while (producer.offer(new byte[random.nextInt(300)]) == OfferResult.ACCEPTED) {
                if (random.nextInt(20) == 0) {
                    consumer.poll(message -> message.toByteArray(), 5);
                }
            }
            for (int wound = random.nextInt(4); wound >= 0; wound--) {
                long at = SpscLayout.RECORDS + Long.BYTES * (long) random.nextInt((int) (CAPACITY / Long.BYTES));
                vandal.setLong(at, random.nextBoolean() ? random.nextLong() : random.nextInt(4096));
            }
            try {
                for (int i = 0; i < 1000; i++) {
                    consumer.poll(message -> message.toByteArray(), 3);
                }
            } catch (CorruptRingException expected) {
                assertTrue(expected.getMessage().contains("record"), expected.getMessage());
            }
        }
    }

    @Test
    void leavesOtherRingsAlone() {
        try (SpscTestRing other = SpscTestRing.mapped(CAPACITY, true, WaitStrategy.backOff())) {
            RingProducer otherProducer = other.producer();
            RingConsumer otherConsumer = other.consumer();
            otherProducer.offer(bytes("untouched"));
            producer.offer(new byte[8]);
            vandal.setLong(SpscLayout.RECORDS, Records.header(0, Integer.MAX_VALUE));
            assertNames("record length", () -> consumer.poll(NOBODY, 1));
            expect(otherConsumer, "untouched");
        }
    }

    // ---- checksums ------------------------------------------------------------------------------------------------

    @Test
    void skipsAMessageThatDoesNotMatchItsChecksum() {
        ring.close();
        use(SpscTestRing.mapped(CAPACITY, true, WaitStrategy.backOff()));
        for (String text : List.of("a", "b", "c")) {
            producer.offer(bytes(text));
        }
        vandal.writeByte(SpscLayout.RECORDS + 24 + Records.HEADER_WITH_CHECKSUM, (byte) 'x');
        int[] handled = {0};
        ChecksumException damage =
                assertThrows(ChecksumException.class, () -> consumer.poll(message -> handled[0]++, 10));
        assertTrue(damage.getMessage().contains("position 24"), damage.getMessage());
        assertEquals(1, handled[0]);
        assertEquals(48, vandal.getLong(SpscLayout.HEAD));
        expect(consumer, "c");
    }

    @Test
    void skipsADamagedMessageBehindPaddingToo() {
        ring.close();
        use(SpscTestRing.mapped(CAPACITY, true, WaitStrategy.backOff()));
        moveTo(CAPACITY - 64);
        producer.offer(new byte[500]);
        producer.offer(bytes("next"));
        vandal.writeByte(SpscLayout.RECORDS + Records.HEADER_WITH_CHECKSUM, (byte) 1);
        assertThrows(ChecksumException.class, () -> consumer.poll(NOBODY, 10));
        expect(consumer, "next");
    }

    @Test
    void noticesADamagedTypeOrChecksum() {
        ring.close();
        use(SpscTestRing.mapped(CAPACITY, true, WaitStrategy.backOff()));
        producer.offer(3, bytes("a"), 0, 1);
        producer.offer(3, bytes("b"), 0, 1);
        producer.offer(3, bytes("c"), 0, 1);
        vandal.setLong(SpscLayout.RECORDS, Records.header(4, 1));
        int crc = vandal.getInt(SpscLayout.RECORDS + 24 + Records.CHECKSUM);
        vandal.setInt(SpscLayout.RECORDS + 24 + Records.CHECKSUM, crc ^ 0x100);
        assertThrows(ChecksumException.class, () -> consumer.poll(NOBODY, 10));
        ChecksumException damage = assertThrows(ChecksumException.class, () -> consumer.poll(NOBODY, 10));
        assertTrue(damage.getMessage().contains(String.format("%08x", crc)), damage.getMessage());
        expect(consumer, "c");
    }

    @Test
    void peekingSkipsNothing() {
        ring.close();
        use(SpscTestRing.mapped(CAPACITY, true, WaitStrategy.backOff()));
        producer.offer(bytes("a"));
        producer.offer(bytes("b"));
        vandal.writeByte(SpscLayout.RECORDS + Records.HEADER_WITH_CHECKSUM, (byte) 'x');
        for (int attempt = 0; attempt < 3; attempt++) {
            assertThrows(ChecksumException.class, () -> consumer.peek(NOBODY, 10));
        }
        assertEquals(48, producer.backlogBytes());
        assertThrows(ChecksumException.class, () -> consumer.poll(NOBODY, 10));
        expect(consumer, "b");
    }

    // ---- helpers --------------------------------------------------------------------------------------------------

    private void fill() {
        int sent = 0;
        while (producer.offer(Payload.of(sent, 100)) == OfferResult.ACCEPTED) {
            sent++;
        }
    }

    /** Sends and consumes empty messages until the next record starts at {@code index}. */
    private void moveTo(long index) {
        while (vandal.getLong(SpscLayout.TAIL) != index) {
            producer.offer(new byte[0]);
            consumer.poll(message -> {}, 1);
            if (vandal.getLong(SpscLayout.TAIL) > index) {
                throw new AssertionError("cannot reach index " + index);
            }
        }
    }
}
