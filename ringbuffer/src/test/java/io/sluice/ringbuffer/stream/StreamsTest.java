package io.sluice.ringbuffer.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import io.sluice.ringbuffer.record.Records;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams and channels over a ring of 4 KiB. */
@Timeout(120)
class StreamsTest {

    private TestDirectory directory;
    private Ring ring;
    private Thread thread;

    @BeforeEach
    void createRing() throws IOException {
        directory = TestDirectory.create();
        ring = Rings.create(RingSpec.spsc("unused", 4096).withAddress(RegionAddress.of(directory.path(), "ring")));
    }

    @AfterEach
    void removeRing() throws IOException {
        ring.close();
        directory.close();
    }

    /** From now on the ring is one of this kind. */
    private void useRing(RingKind kind) {
        ring.region().destroy();
        ring.close();
        ring = Rings.create(RingSpec.of(kind, "unused", 4096).withAddress(RegionAddress.of(directory.path(), "ring")));
    }

    private <T> CompletableFuture<T> later(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        thread = new Thread(() -> {
            try {
                result.complete(call.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        return result;
    }

    private static Throwable failure(CompletableFuture<?> later) throws Exception {
        return later.handle((value, thrown) -> {
                    if (thrown == null) {
                        throw new AssertionError("returned " + value);
                    }
                    return thrown;
                })
                .get(60, TimeUnit.SECONDS);
    }

    /** Waits until the thread of the last {@link #later} waits in {@code method}. */
    private void awaitIn(String method) {
        long start = System.nanoTime();
        while (true) {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getClassName().startsWith("io.sluice.ringbuffer.stream")
                        && frame.getMethodName().equals(method)) {
                    return;
                }
            }
            assertTrue(System.nanoTime() - start < TimeUnit.SECONDS.toNanos(60), "never came to " + method);
            Thread.yield();
        }
    }

    // ---- contents -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource
    void carriesEveryByteInOrderWhateverTheSizesOfReadsAndWrites(RingKind kind) throws Exception {
        useRing(kind);
        long seed = System.nanoTime();
        int length = 2_000_000;
        byte[] all = StreamChild.bytes(0, length);
        Random random = new Random(~seed);
        try (InputStream in = new RingInputStream(ring.consumer())) {
            CompletableFuture<Void> writer = later(() -> {
                writeInPieces(all, new Random(seed));
                return null;
            });
            byte[] read = new byte[length];
            int to = 0;
            while (to < length) {
                int wanted = Math.min(length - to, 1 + random.nextInt(3000));
                int count = in.read(read, to, wanted);
                assertTrue(count > 0 && count <= wanted, "seed " + seed);
                to += count;
            }
            assertArrayEquals(all, read, "seed " + seed);
            assertEquals(-1, in.read());
            assertEquals(-1, in.read(read));
            assertEquals(0, in.available());
            writer.get(60, TimeUnit.SECONDS);
        }
    }

    private void writeInPieces(byte[] all, Random random) throws IOException {
        try (OutputStream out = new RingOutputStream(ring.producer())) {
            for (int from = 0; from < all.length; ) {
                int count = Math.min(all.length - from, random.nextInt(3000));
                out.write(all, from, count);
                from += count;
            }
        }
    }

    @Test
    void everyReaderOfABroadcastRingGetsEveryByte() throws Exception {
        useRing(RingKind.BROADCAST);
        byte[] all = StreamChild.bytes(0, 200_000);
        try (InputStream first = new RingInputStream(ring.consumer());
                InputStream second = new RingInputStream(ring.consumer())) {
            CompletableFuture<byte[]> one = later(first::readAllBytes);
            CompletableFuture<byte[]> other = later(second::readAllBytes);
            try (OutputStream out = new RingOutputStream(ring.producer())) {
                out.write(all);
            }
            assertArrayEquals(all, one.get(60, TimeUnit.SECONDS));
            assertArrayEquals(all, other.get(60, TimeUnit.SECONDS));
        }
    }

    @Test
    void eachMessageGoesToOneReaderOfAnMpmcRingAsAWhole() throws IOException {
        useRing(RingKind.MPMC);
        InputStream first = new RingInputStream(ring.consumer());
        try (OutputStream out = new RingOutputStream(ring.producer());
                InputStream second = new RingInputStream(ring.consumer())) {
            out.write(new byte[] {1, 2, 3});
            out.write(new byte[] {4, 5});
            out.write(new byte[] {6, 7});
            assertEquals(1, first.read());
            assertEquals(4, second.read());
            assertEquals(2, first.read());
            assertEquals(5, second.read());
            // Read in part, it comes to another one as a whole.
            first.close();
            assertArrayEquals(new byte[] {1, 2, 3, 6, 7}, second.readNBytes(5));
            assertEquals(0, second.available());
        }
    }

    @Test
    void carriesTextThroughTheWrappersOfTheJdk() throws Exception {
        OutputStream stream = new RingOutputStream(ring.producer());
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new RingInputStream(ring.consumer()), StandardCharsets.UTF_8))) {
            try (PrintStream out = new PrintStream(new BufferedOutputStream(stream), true, StandardCharsets.UTF_8)) {
                out.println("one");
                out.println("zw\u00f6lf");
                assertEquals("one", in.readLine());
                assertEquals("zw\u00f6lf", in.readLine());
            }
            assertNull(in.readLine());
        }
    }

    @Test
    void readsSingleBytesAsNumbersFromZeroUp() throws IOException {
        try (OutputStream out = new RingOutputStream(ring.producer());
                InputStream in = new RingInputStream(ring.consumer())) {
            out.write(0x1ff);
            out.write(new byte[0]);
            out.write(0);
            assertEquals(1, in.available());
            assertEquals(255, in.read());
            assertEquals(0, in.read());
            assertEquals(0, in.available());
            assertEquals(0, in.read(new byte[0]));
        }
    }

    @ParameterizedTest
    @EnumSource
    void channelsCarryBuffersOfEveryKind(RingKind kind) throws Exception {
        useRing(kind);
        byte[] all = StreamChild.bytes(0, 10_000);
        for (boolean direct : new boolean[] {true, false}) {
            ByteBuffer source = (direct ? ByteBuffer.allocateDirect(10_010) : ByteBuffer.allocate(10_010)).position(5);
            source.put(all).flip().position(5);
            RingWritableChannel channel = new RingWritableChannel(ring.producer());
            RingConsumer consumer = ring.consumer();
            CompletableFuture<Integer> writer = later(() -> {
                try (RingWritableChannel out = channel) {
                    return out.write(source.asReadOnlyBuffer());
                }
            });
            ByteBuffer target = direct ? ByteBuffer.allocateDirect(20_000) : ByteBuffer.allocate(20_000);
            try (RingReadableChannel in = new RingReadableChannel(consumer)) {
                target.limit(7);
                assertEquals(7, in.read(target));
                target.limit(20_000);
                while (in.read(target) >= 0) {
                    // to the end of the stream
                }
                assertThrows(IllegalArgumentException.class, () -> in.read(target.asReadOnlyBuffer()));
            }
            assertEquals(10_000, writer.get(60, TimeUnit.SECONDS));
            assertEquals(ByteBuffer.wrap(all), target.flip());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MPSC, PER_PRODUCER, 1",
        "MPSC, PER_PRODUCER, 3",
        "MPSC, TOTAL, 1",
        "MPSC, TOTAL, 3",
        "MPMC, PER_PRODUCER, 1",
        "MPMC, PER_PRODUCER, 3"
    })
    void readsEachMessageOfSeveralWritersOnce(RingKind kind, RingOrder order, int bytesAtOnce) throws Exception {
        RingSpec spec = RingSpec.of(kind, "unused", 4096)
                .withAddress(RegionAddress.of(directory.path(), "lanes"))
                .withOrder(order);
        try (Ring lanes = Rings.create(spec);
                RingProducer early = lanes.producer();
                RingProducer late = lanes.producer()) {
            late.offer(new byte[] {101, 102});
            // Then a message comes in a lane that was looked at, and found empty, before that of the other one.
            RingConsumer consumer = behindThePeek(lanes.consumer(), () -> early.offer(new byte[] {1}));
            try (InputStream in = new RingInputStream(consumer)) {
                byte[] read = new byte[3];
                for (int at = 0; at < 3; at += bytesAtOnce) {
                    assertEquals(bytesAtOnce, in.readNBytes(read, at, bytesAtOnce));
                }
                assertArrayEquals(new byte[] {101, 102, 1}, read);
                assertEquals(0, in.available());
            }
        }
    }

    /** {@code consumer}, and what happens once, behind its first look. */
    private static RingConsumer behindThePeek(RingConsumer consumer, Runnable action) {
        AtomicBoolean happened = new AtomicBoolean();
        return (RingConsumer) Proxy.newProxyInstance(
                RingConsumer.class.getClassLoader(),
                new Class<?>[] {RingConsumer.class},
                (proxy, method, arguments) -> {
                    Object result = method.invoke(consumer, arguments);
                    if (method.getName().equals("peek") && happened.compareAndSet(false, true)) {
                        action.run();
                    }
                    return result;
                });
    }

    // ---- acknowledging --------------------------------------------------------------------------------------------

    @Test
    void theNextReaderBeginsWithTheFirstMessageThatWasNotReadToItsEnd() throws IOException {
        try (RingOutputStream out = new RingOutputStream(ring.producer())) {
            out.write(new byte[] {1, 2, 3});
            out.write(new byte[] {4, 5, 6});
            InputStream first = new RingInputStream(ring.consumer());
            assertEquals(4, first.readNBytes(4).length);
            first.close();
            InputStream second = new RingInputStream(ring.consumer());
            assertEquals(4, second.read());
            out.leave();
            second.close();
        }
        // Left, not closed: the stream goes on.
        try (RingOutputStream out = new RingOutputStream(ring.producer());
                InputStream third = new RingInputStream(ring.consumer())) {
            out.write(7);
            assertArrayEquals(new byte[] {4, 5, 6, 7}, third.readNBytes(4));
        }
    }

    // ---- waiting --------------------------------------------------------------------------------------------------

    @Test
    void closingEndsARead() throws Exception {
        RingReadableChannel in = new RingReadableChannel(ring.consumer());
        CompletableFuture<Integer> reader = later(() -> in.read(ByteBuffer.allocate(10)));
        awaitIn("awaitMessage");
        assertTrue(in.isOpen());
        in.close();
        in.close();
        assertInstanceOf(AsynchronousCloseException.class, failure(reader));
        assertFalse(in.isOpen());
        assertThrows(ClosedChannelException.class, () -> in.read(ByteBuffer.allocate(10)));
        InputStream stream = new RingInputStream(ring.consumer());
        CompletableFuture<Integer> second = later(stream::read);
        awaitIn("awaitMessage");
        stream.close();
        assertInstanceOf(IOException.class, failure(second));
        assertThrows(IOException.class, stream::read);
        assertThrows(IOException.class, stream::available);
    }

    @Test
    void closingEndsAWrite() throws Exception {
        RingWritableChannel out = new RingWritableChannel(ring.producer());
        ByteBuffer source = ByteBuffer.allocate(10_000);
        CompletableFuture<Integer> writer = later(() -> out.write(source));
        awaitIn("claim");
        out.close();
        assertInstanceOf(AsynchronousCloseException.class, failure(writer));
        assertTrue(source.position() < 10_000);
        assertThrows(ClosedChannelException.class, () -> out.write(ByteBuffer.allocate(1)));
        try (InputStream in = new RingInputStream(ring.consumer())) {
            assertEquals(source.position(), in.readAllBytes().length);
        }
    }

    @Test
    void anInterruptEndsAReadOfAStreamAndClosesAChannel() throws Exception {
        InputStream stream = new RingInputStream(ring.consumer());
        CompletableFuture<Boolean> reader = later(() -> {
            assertThrows(InterruptedIOException.class, stream::read);
            return Thread.currentThread().isInterrupted();
        });
        awaitIn("awaitMessage");
        thread.interrupt();
        assertTrue(reader.get(60, TimeUnit.SECONDS));
        stream.close();
        RingReadableChannel channel = new RingReadableChannel(ring.consumer());
        CompletableFuture<Boolean> second = later(() -> {
            assertThrows(ClosedByInterruptException.class, () -> channel.read(ByteBuffer.allocate(1)));
            return Thread.currentThread().isInterrupted();
        });
        awaitIn("awaitMessage");
        thread.interrupt();
        assertTrue(second.get(60, TimeUnit.SECONDS));
        assertFalse(channel.isOpen());
    }

    @Test
    void anInterruptSaysHowMuchWasWritten() throws Exception {
        RingOutputStream stream = new RingOutputStream(ring.producer());
        CompletableFuture<Integer> writer = later(() ->
                assertThrows(InterruptedIOException.class, () -> stream.write(new byte[10_000])).bytesTransferred);
        awaitIn("claim");
        thread.interrupt();
        int written = writer.get(60, TimeUnit.SECONDS);
        stream.close();
        try (InputStream in = new RingInputStream(ring.consumer())) {
            assertEquals(written, in.readAllBytes().length);
        }
        RingWritableChannel channel = new RingWritableChannel(ring.producer());
        CompletableFuture<Throwable> second = later(() ->
                assertThrows(ClosedByInterruptException.class, () -> channel.write(ByteBuffer.allocateDirect(10_000))));
        awaitIn("claim");
        thread.interrupt();
        second.get(60, TimeUnit.SECONDS);
        assertFalse(channel.isOpen());
    }

    // ---- damage and deaths ----------------------------------------------------------------------------------------

    @Test
    void damageIsAnIoExceptionAtEveryRead() throws IOException {
        RingSpec checked = RingSpec.spsc("unused", 4096)
                .withAddress(RegionAddress.of(directory.path(), "checked"))
                .withChecksum(true);
        try (Ring damaged = Rings.create(checked);
                RingProducer producer = damaged.producer();
                RingConsumer consumer = damaged.consumer();
                InputStream in = new RingInputStream(consumer)) {
            producer.offer(new byte[] {1, 2, 3});
            consumer.peek(message -> message.setByte(1, (byte) 9), 1);
            assertThrows(IOException.class, in::read);
            assertThrows(IOException.class, in::read);
            assertThrows(IOException.class, in::available);
        }
    }

    @Test
    void returnsWhatWasReadInFrontOfADamagedMessageAndThenTellsOfIt() throws IOException {
        RingSpec checked = RingSpec.spsc("unused", 4096)
                .withAddress(RegionAddress.of(directory.path(), "checked"))
                .withChecksum(true);
        try (Ring damaged = Rings.create(checked);
                RingProducer producer = damaged.producer();
                RingConsumer consumer = damaged.consumer();
                InputStream in = new RingInputStream(consumer)) {
            producer.offer(new byte[] {1, 2, 3});
            producer.offer(new byte[] {4, 5, 6});
            consumer.peek(message -> message.setByte(1, (byte) (message.getByte(0) == 4 ? 9 : 2)), 2);
            byte[] read = new byte[100];
            assertEquals(3, in.read(read));
            assertArrayEquals(new byte[] {1, 2, 3, 0}, Arrays.copyOf(read, 4));
            assertThrows(IOException.class, () -> in.read(read));
            assertThrows(IOException.class, () -> in.read(read));
        }
    }

    /** Which is named only once. */
    @ParameterizedTest
    @EnumSource(names = {"MPSC", "MPMC"})
    void returnsWhatWasReadInFrontOfADamagedLaneAndThenTellsOfIt(RingKind kind) throws IOException {
        useRing(kind);
        try (RingProducer whole = ring.producer();
                RingProducer damaged = ring.producer();
                InputStream in = new RingInputStream(ring.consumer())) {
            whole.offer(new byte[] {1, 2});
            damaged.offer(MarkedMessage.bytes());
            MarkedMessage.damage(ring, Records.HEADER);
            byte[] read = new byte[100];
            assertEquals(2, in.read(read));
            IOException damage = assertThrows(IOException.class, () -> in.read(read));
            assertInstanceOf(CorruptRingException.class, damage.getCause());
            whole.offer(new byte[] {3});
            assertEquals(1, in.read(read));
            assertEquals(3, read[0]);
        }
    }

    @Test
    void tellsOfTheDamageThatItMeetsBehindDamage() throws IOException {
        RingSpec checked = RingSpec.of(RingKind.MPSC, "unused", 4096)
                .withAddress(RegionAddress.of(directory.path(), "checked"))
                .withChecksum(true);
        try (Ring damaged = Rings.create(checked);
                RingProducer first = damaged.producer();
                RingProducer second = damaged.producer();
                InputStream in = new RingInputStream(damaged.consumer())) {
            second.offer(MarkedMessage.bytes());
            MarkedMessage.damage(damaged, 0);
            first.offer(MarkedMessage.bytes());
            MarkedMessage.damage(damaged, Records.HEADER_WITH_CHECKSUM);
            Throwable damage = assertThrows(IOException.class, in::read).getCause();
            assertInstanceOf(CorruptRingException.class, damage);
            assertInstanceOf(ChecksumException.class, damage.getSuppressed()[0]);
        }
    }

    private ChildJvm start(String what, RingKind kind) {
        return ChildJvm.start(StreamChild.class, what, directory.path().toString(), kind.name());
    }

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPMC", "BROADCAST"})
    void aKilledWriterIsAnExceptionBehindItsLastByte(RingKind kind) throws Exception {
        useRing(kind);
        long read = 0;
        try (InputStream in = new RingInputStream(ring.consumer())) {
            byte[] buffer = new byte[700];
            try (ChildJvm writer = start("write", kind)) {
                writer.awaitLine("ready");
                while (read < 500_000) {
                    read += check(read, buffer, in.read(buffer));
                }
                writer.stop();
                while (in.available() > 0) {
                    read += check(read, buffer, in.read(buffer));
                }
                writer.resume();
                read += check(read, buffer, in.read(buffer));
                writer.kill();
            }
            IOException death = null;
            while (death == null) {
                try {
                    read += check(read, buffer, in.read(buffer));
                } catch (IOException e) {
                    death = e;
                }
            }
            assertTrue(death.getMessage().contains(read + " bytes were read before"), death.getMessage());
            assertThrows(IOException.class, in::read);
            try (OutputStream next = new RingOutputStream(ring.producer())) {
                next.write(42);
                assertEquals(42, in.read());
            }
            assertEquals(-1, in.read());
        }
    }

    private static int check(long from, byte[] buffer, int count) {
        assertTrue(count > 0);
        for (int i = 0; i < count; i++) {
            assertEquals(StreamChild.at(from + i), buffer[i]);
        }
        return count;
    }

    @ParameterizedTest
    @EnumSource(names = {"SPSC", "MPMC"})
    void aKilledReaderIsAnExceptionOnceThereIsNoRoom(RingKind kind) throws Exception {
        useRing(kind);
        try (OutputStream out = new RingOutputStream(ring.producer())) {
            try (ChildJvm reader = start("hold", kind)) {
                reader.awaitLine("ready");
                out.write(1);
                reader.kill();
            }
            assertThrows(IOException.class, () -> out.write(new byte[10_000]));
        }
    }

    @Test
    void aKilledReaderOfABroadcastRingKeepsNoWriterWaiting() throws Exception {
        useRing(RingKind.BROADCAST);
        byte[] all = StreamChild.bytes(0, 100_000);
        try (InputStream in = new RingInputStream(ring.consumer())) {
            CompletableFuture<byte[]> other = later(in::readAllBytes);
            try (ChildJvm reader = start("hold", RingKind.BROADCAST)) {
                reader.awaitLine("ready");
                reader.kill();
            }
            try (OutputStream out = new RingOutputStream(ring.producer())) {
                out.write(all);
            }
            assertArrayEquals(all, other.get(60, TimeUnit.SECONDS));
        }
    }
}
