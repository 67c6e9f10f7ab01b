package io.sluice.ringbuffer.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.sluice.api.codec.Codec;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.MalformedMessageException;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.openhft.chronicle.bytes.BytesIn;
import net.openhft.chronicle.bytes.BytesMarshallable;
import net.openhft.chronicle.bytes.BytesOut;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every codec, through a ring in a file. */
class CodecsTest {

    private static final Codec<Quote> QUOTES = Codecs.marshallable(Quote::new, 64);

    private TestDirectory directory;
    private Ring ring;
    private RingProducer producer;
    private RingConsumer consumer;

    @BeforeEach
    void createRing() throws IOException {
        directory = TestDirectory.create();
        ring = Rings.create(RingSpec.spsc("unused", 1 << 20).withAddress(RegionAddress.of(directory.path(), "ring")));
        producer = ring.producer();
        consumer = ring.consumer();
    }

    @AfterEach
    void removeRing() throws IOException {
        ring.close();
        directory.close();
    }

    private <E> void write(Codec<E> codec, E element) {
        try (Claim claim = producer.claim(codec.typeId(), codec.maxLength(element))) {
            claim.commit(codec.encode(element, claim));
        }
    }

    private <E> E read(Codec<E> codec) {
        Object[] decoded = new Object[1];
        assertEquals(1, consumer.poll(message -> decoded[0] = codec.decode(message), 1));
        @SuppressWarnings("unchecked")
        E element = (E) decoded[0];
        return element;
    }

    private <E> E carry(Codec<E> codec, E element) {
        write(codec, element);
        return read(codec);
    }

    private MalformedMessageException refusal(Codec<?> codec, byte[] bytes) {
        assertEquals(OfferResult.ACCEPTED, producer.offer(bytes));
        MalformedMessageException refusal = assertThrows(MalformedMessageException.class, () -> read(codec));
        assertTrue(refusal.getMessage().contains(ring.region().address().toString()), refusal.getMessage());
        assertTrue(refusal.getMessage().contains("position " + refusal.position()), refusal.getMessage());
        assertEquals(1, consumer.poll(message -> assertEquals(refusal.position(), message.position()), 1));
        return refusal;
    }

    static List<Codec<?>> all() {
        return List.of(
                Codecs.bytes(),
                Codecs.strings(),
                Codecs.booleans(),
                Codecs.int8s(),
                Codecs.shorts(),
                Codecs.chars(),
                Codecs.ints(),
                Codecs.longs(),
                Codecs.floats(),
                Codecs.doubles(),
                QUOTES);
    }

    /** An instrument's price, as Chronicle would write it. */
    static final class Quote implements BytesMarshallable {

        private long instrument;
        private double price;
        private String venue = "";

        static Quote of(long instrument, double price, String venue) {
            Quote quote = new Quote();
            quote.instrument = instrument;
            quote.price = price;
            quote.venue = venue;
            return quote;
        }

        @Override
        public void readMarshallable(BytesIn<?> in) {
            instrument = in.readLong();
            price = in.readDouble();
            venue = in.readUtf8();
        }

        @Override
        public void writeMarshallable(BytesOut<?> out) {
            out.writeLong(instrument);
            out.writeDouble(price);
            out.writeUtf8(venue);
        }

        @Override
        public String toString() {
            return instrument + "/" + price + "/" + venue;
        }
    }

    /** Without a text, for which Chronicle allocates on some JVMs. */
    static final class Tick implements BytesMarshallable {

        private long time;

        @Override
        public void readMarshallable(BytesIn<?> in) {
            time = in.readLong();
        }

        @Override
        public void writeMarshallable(BytesOut<?> out) {
            out.writeLong(time);
        }
    }

    // ---- contents -------------------------------------------------------------------------------------------------

    @Test
    void carriesNumbersToTheirLimits() {
        for (long value : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 0x0102030405060708L}) {
            assertEquals(value, carry(Codecs.longs(), value));
            assertEquals((int) value, carry(Codecs.ints(), (int) value));
            assertEquals((short) value, carry(Codecs.shorts(), (short) value));
            assertEquals((char) value, carry(Codecs.chars(), (char) value));
            assertEquals((byte) value, carry(Codecs.int8s(), (byte) value));
            double asDouble = Double.longBitsToDouble(value);
            assertEquals(asDouble, carry(Codecs.doubles(), asDouble));
            float asFloat = Float.intBitsToFloat((int) value);
            assertEquals(asFloat, carry(Codecs.floats(), asFloat));
        }
        assertTrue(carry(Codecs.booleans(), true));
        assertEquals(false, carry(Codecs.booleans(), false));
    }

    @Test
    void carriesArraysOfEveryLength() {
        for (int length : new int[] {0, 1, 7, 8, 9, 63, 64, 65, 4096, 100_000}) {
            byte[] bytes = new byte[length];
            new Random(length).nextBytes(bytes);
            byte[] carried = carry(Codecs.bytes(), bytes);
            assertArrayEquals(bytes, carried);
        }
    }

    @Test
    void carriesTexts() {
        String all = "\u0000a\u007f\u0080\u07ff\u0800\ud7ff\ue000\ufffd\uffff\ud800\udc00\udbff\udfff";
        for (String text : List.of("", "a", all, "12345678", "1234567\u00e9", "12345678\u00e9", "a".repeat(200_000))) {
            assertEquals(text, carry(Codecs.strings(), text));
        }
    }

    @Test
    void writesTextsAsTheUtf8OfEverybodyElse() {
        Random random = new Random(4);
        for (int round = 0; round < 2000; round++) {
            String text = random.ints(random.nextInt(40), 0, 5)
                    .map(kind -> switch (kind) {
                        case 0, 1 -> random.nextInt(0x80);
                        case 2 -> 0x80 + random.nextInt(0x780);
                        case 3 -> 0xe000 + random.nextInt(0x2000);
                        default -> 0x10000 + random.nextInt(0x100000);
                    })
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            write(Codecs.strings(), text);
            assertArrayEquals(text.getBytes(UTF_8), read(Codecs.bytes()));
            producer.offer(text.getBytes(UTF_8));
            assertEquals(text, read(Codecs.strings()));
        }
    }

    @Test
    void carriesMarshallables() {
        Quote quote = Quote.of(7, 1.5, "XETR");
        assertEquals(quote.toString(), carry(QUOTES, quote).toString());
        assertEquals("0/0.0/", carry(QUOTES, new Quote()).toString());
        assertEquals(OfferResult.ACCEPTED, producer.offer(new byte[17]));
        assertEquals("0/0.0/", read(QUOTES).toString(), "a claim's rest is given back");
    }

    @Test
    void sharesWhatNeedsNoState() {
        assertSame(Codecs.longs(), Codecs.longs());
        assertSame(Codecs.strings(), Codecs.strings());
    }

    // ---- what is refused ------------------------------------------------------------------------------------------

    @Test
    void refusesNumbersOfAnotherLength() {
        MalformedMessageException refusal = refusal(Codecs.longs(), new byte[7]);
        assertTrue(refusal.getMessage().endsWith("expected 8 bytes, found 7 bytes"), refusal.getMessage());
        for (Codec<?> codec : List.of(
                Codecs.booleans(),
                Codecs.int8s(),
                Codecs.shorts(),
                Codecs.chars(),
                Codecs.ints(),
                Codecs.longs(),
                Codecs.floats(),
                Codecs.doubles())) {
            refusal(codec, new byte[0]);
            refusal(codec, new byte[3]);
            refusal(codec, new byte[9]);
        }
    }

    @Test
    void refusesATruthValueOfTwo() {
        assertTrue(refusal(Codecs.booleans(), new byte[] {2}).getMessage().endsWith("expected 0 or 1, found 2"));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        for (int[] wrong : new int[][] {
            {0x80}, // a tail without a head
            {'a', 0xc3}, // cut off
            {0xc0, 0x80}, // too long a form of zero
            {0xed, 0xa0, 0x80}, // half of a surrogate pair
            {0xf4, 0x90, 0x80, 0x80}, // behind the last code point
            {0xff}
        }) {
            byte[] bytes = new byte[wrong.length];
            for (int i = 0; i < wrong.length; i++) {
                bytes[i] = (byte) wrong[i];
            }
            MalformedMessageException refusal = refusal(Codecs.strings(), bytes);
            assertTrue(refusal.getMessage().contains("expected UTF-8, found byte"), refusal.getMessage());
        }
    }

    @Test
    void decodesTextsExactlyWhenTheJdkDoes() {
        Random random = new Random(5);
        int wellFormed = 0;
        for (int round = 0; round < 5000; round++) {
            byte[] bytes = new byte[1 + random.nextInt(4)];
            random.nextBytes(bytes);
            producer.offer(bytes);
            try {
                String expected =
                        UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
                assertEquals(expected, read(Codecs.strings()));
                wellFormed++;
            } catch (CharacterCodingException e) {
                assertThrows(MalformedMessageException.class, () -> read(Codecs.strings()));
                consumer.poll(message -> {}, 1);
            }
        }
        assertTrue(wellFormed > 500, "well-formed: " + wellFormed);
    }

    @Test
    void publishesNothingOfHalfASurrogatePair() {
        for (String text : List.of("\ud800", "a\udc00", "\ud800a", "\udc00\ud800")) {
            assertThrows(IllegalArgumentException.class, () -> write(Codecs.strings(), text));
        }
        assertEquals("next", carry(Codecs.strings(), "next"));
    }

    @Test
    void publishesNothingOfAMarshallableThatWritesTooMuch() {
        IllegalArgumentException refusal =
                assertThrows(IllegalArgumentException.class, () -> write(QUOTES, Quote.of(1, 1, "x".repeat(48))));
        assertTrue(refusal.getMessage().contains("more than the 64 bytes"), refusal.getMessage());
        assertEquals(
                "1/1.0/" + "x".repeat(47),
                carry(QUOTES, Quote.of(1, 1, "x".repeat(47))).toString());
    }

    @Test
    void refusesAMarshallableThatIsCutOffOrHasMoreToIt() {
        write(QUOTES, Quote.of(1, 1, "x"));
        byte[] whole = read(Codecs.bytes());
        for (int length = 0; length <= whole.length + 1; length++) {
            // Chronicle takes the length of a text that is missing for zero.
            if (length != whole.length && length != 16) {
                refusal(QUOTES, Arrays.copyOf(whole, length));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void survivesRandomBytes(Codec<?> codec) {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = new byte[random.nextInt(40)];
            random.nextBytes(bytes);
            if (bytes.length > 16 && random.nextBoolean()) {
                bytes[16] = (byte) random.nextInt(40); // a length that is nearly right
            }
            assertEquals(OfferResult.ACCEPTED, producer.offer(bytes));
            try {
                assertTrue(read(codec) != null);
            } catch (MalformedMessageException e) {
                consumer.poll(message -> {}, 1);
            } catch (Throwable e) {
                throw new AssertionError("seed " + seed + ", " + codec + ", " + new BigInteger(1, bytes), e);
            }
        }
    }

    // ---- allocation -----------------------------------------------------------------------------------------------

    @Test
    void allocatesNoMoreThanTheElements() {
        String text = "a text of forty-two bytes, no two of a kind";
        // A string of 43 bytes and its array: 24 + 64; a boxed long: 16 or, with large heaps, 24.
        assertAllocates(0, 88, Codecs.strings(), text);
        assertAllocates(0, 24, Codecs.longs(), 1_000_000L);
        assertAllocates(0, 24, Codecs.marshallable(Tick::new, 8), new Tick());
    }

    private <E> void assertAllocates(long writing, long reading, Codec<E> codec, E element) {
        int calls = 20_000;
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Object[] last = new Object[1];
        long[] write = new long[1];
        long[] read = new long[1];
        for (int warm = 0; warm < 2; warm++) {
            write[0] = 0;
            read[0] = 0;
            for (int i = 0; i < calls; i++) {
                long start = threads.getCurrentThreadAllocatedBytes();
                write(codec, element);
                long middle = threads.getCurrentThreadAllocatedBytes();
                consumer.poll(message -> last[0] = codec.decode(message), 1);
                write[0] += middle - start;
                read[0] += threads.getCurrentThreadAllocatedBytes() - middle;
            }
        }
        // The lambda of each poll is 24 bytes unless the compiler sees through it.
        assertEquals(writing, write[0] / calls, codec + ": bytes allocated by writing");
        assertTrue(read[0] / calls <= reading + 24, codec + ": bytes allocated by reading: " + read[0] / calls);
    }
}
