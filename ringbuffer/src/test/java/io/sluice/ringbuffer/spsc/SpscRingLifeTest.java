package io.sluice.ringbuffer.spsc;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.Mappings;
import io.sluice.api.memory.ReadOnlyRegionException;
import io.sluice.api.region.RegionExistsException;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.region.RegionNotFoundException;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rings in real regions: created, opened, shared, closed under their users. */
@Timeout(120)
class SpscRingLifeTest {

    private static final long CAPACITY = 8192;
    private static final long GIGABYTE = 1L << 30;

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    private RingSpec spec(long capacity) {
        return RingSpec.spsc("unused", capacity).withAddress(directory.address("ring"));
    }

    private static <T> void assertDetaches(Future<T> use) {
        ExecutionException end = assertThrows(ExecutionException.class, use::get);
        assertEquals(DetachedException.class, end.getCause().getClass(), () -> "ended by " + end.getCause());
    }

    // ---- creating and opening -------------------------------------------------------------------------------------

    @Test
    void isMappedAsThisJvmAllows() {
        assertEquals("chronicle".equals(System.getProperty("sluice.test.mode")), Mappings.chronicleWorks());
    }

    @Test
    void twoAttachmentsShareOneRing() {
        try (Ring created = Rings.create(spec(CAPACITY));
                Ring opened = Rings.open(spec(0))) {
            assertEquals(CAPACITY, opened.capacity());
            assertEquals(RingKind.SPSC, opened.kind());
            assertEquals(CAPACITY / 2, opened.maxMessageLength());
            RingProducer producer = created.producer();
            RingConsumer consumer = opened.consumer();
            producer.offer(bytes("across"));
            expect(consumer, "across");
        }
    }

    @Test
    void opensOrCreates() {
        try (Ring created = Rings.openOrCreate(spec(CAPACITY));
                Ring opened = Rings.openOrCreate(spec(CAPACITY))) {
            created.producer().offer(bytes("same"));
            expect(opened.consumer(), "same");
        }
    }

    @Test
    void takesTheChecksumOptionFromTheRingItself() {
        try (Ring created = Rings.create(spec(CAPACITY).withChecksum(true));
                Ring opened = Rings.open(spec(0).withChecksum(false))) {
            created.producer().offer(bytes("checked"));
            assertEquals(24, opened.consumer().backlogBytes());
        }
    }

    @Test
    void keepsMessagesWhileNobodyIsAttached() {
        try (Ring ring = Rings.create(spec(CAPACITY));
                RingProducer producer = ring.producer()) {
            producer.offer(bytes("kept"));
        }
        try (Ring ring = Rings.open(spec(0))) {
            RingConsumer consumer = ring.consumer();
            expect(consumer, "kept");
            assertEquals(RingConsumer.CLOSED, consumer.poll(message -> {}, 1));
        }
    }

    @Test
    void refusesWhatIsThereOrNotThere() {
        assertThrows(RegionNotFoundException.class, () -> Rings.open(spec(0)));
        try (Ring ring = Rings.create(spec(CAPACITY))) {
            assertThrows(RegionExistsException.class, () -> Rings.create(spec(CAPACITY)));
            assertEquals(CAPACITY, ring.capacity());
        }
    }

    @Test
    void refusesAnotherCapacityThanAskedFor() {
        try (Ring ring = Rings.create(spec(CAPACITY))) {
            RegionFormatException refusal =
                    assertThrows(RegionFormatException.class, () -> Rings.open(spec(2 * CAPACITY)));
            assertTrue(refusal.getMessage().contains("capacity"), refusal.getMessage());
            assertTrue(refusal.getMessage().contains(Long.toString(CAPACITY)), refusal.getMessage());
            assertTrue(refusal.getMessage().contains(Long.toString(2 * CAPACITY)), refusal.getMessage());
            ring.producer().offer(bytes("unharmed"));
            expect(ring.consumer(), "unharmed");
        }
    }

    @Test
    void refusesARegionOfAnotherKindOrWithAWrongGeometry() {
        Regions.create(directory.address("ring"), RegionSpec.of("mutex", 4096), RegionOptions.DEFAULT)
                .detach();
        RegionFormatException kind = assertThrows(RegionFormatException.class, () -> Rings.open(spec(0)));
        assertTrue(kind.getMessage().contains("kind"), kind.getMessage());
        Regions.destroy(directory.address("ring"), RegionOptions.DEFAULT);
        for (long capacity : new long[] {0, 4095, 5000, -4096, 1L << 47, 1L << 20}) {
            Regions.create(
                            directory.address("ring"),
                            RegionSpec.of(RingKind.SPSC.regionKind(), 8192, capacity, 0L),
                            RegionOptions.DEFAULT)
                    .detach();
            RegionFormatException wrong = assertThrows(RegionFormatException.class, () -> Rings.open(spec(0)));
            assertTrue(wrong.getMessage().contains("capacity"), wrong.getMessage());
            Regions.destroy(directory.address("ring"), RegionOptions.DEFAULT);
        }
    }

    @Test
    void refusesCapacitiesThatNoRingCanHave() {
        for (long capacity : new long[] {-1, 1, 4095, 4097, 6000, 2048, 1L << 47, Long.MIN_VALUE}) {
            IllegalArgumentException refusal =
                    assertThrows(IllegalArgumentException.class, () -> RingSpec.spsc("x", capacity));
            assertTrue(refusal.getMessage().contains(Long.toString(capacity)), refusal.getMessage());
        }
        assertThrows(IllegalArgumentException.class, () -> Rings.create(spec(0)));
    }

    @Test
    void givesNoRolesThroughAReadOnlyAttachment() {
        try (Ring created = Rings.create(spec(CAPACITY));
                Ring readOnly = Rings.open(spec(0).withOptions(RegionOptions.DEFAULT.withReadOnly(true)))) {
            assertThrows(ReadOnlyRegionException.class, readOnly::producer);
            assertThrows(ReadOnlyRegionException.class, readOnly::consumer);
            created.producer().offer(bytes("fine"));
            expect(created.consumer(), "fine");
        }
    }

    @Test
    void refusesASecondProducerThroughAnotherAttachment() {
        try (Ring one = Rings.create(spec(CAPACITY));
                Ring other = Rings.open(spec(0))) {
            RingProducer producer = one.producer();
            RingConsumer consumer = one.consumer();
            assertThrows(RoleTakenException.class, other::producer);
            assertThrows(RoleTakenException.class, other::consumer);
            producer.leave();
            consumer.close();
            other.producer().offer(bytes("now"));
            expect(other.consumer(), "now");
        }
    }

    // ---- closing --------------------------------------------------------------------------------------------------

    @Test
    void closingARingGivesItsRolesUpWithoutClosingTheStream() {
        try (Ring watching = Rings.create(spec(CAPACITY))) {
            Ring closing = Rings.open(spec(0));
            RingProducer producer = closing.producer();
            RingConsumer consumer = closing.consumer();
            producer.offer(bytes("left behind"));
            closing.close();
            closing.close();
            assertThrows(DetachedException.class, () -> producer.offer(bytes("late")));
            assertThrows(DetachedException.class, () -> consumer.poll(message -> fail("late"), 1));
            assertThrows(DetachedException.class, closing::producer);
            assertThrows(DetachedException.class, closing::consumer);
            producer.close();
            consumer.close();
            RingConsumer next = watching.consumer();
            assertEquals(PeerState.ABSENT, next.producerState());
            expect(next, "left behind");
            assertEquals(RingConsumer.EMPTY, next.poll(message -> {}, 1));
            watching.producer().offer(bytes("more"));
            expect(next, "more");
        }
    }

    @Test
    void publishesNothingThroughAClaimOfAClosedRing() {
        try (Ring watching = Rings.create(spec(CAPACITY))) {
            Ring closing = Rings.open(spec(0));
            RingProducer producer = closing.producer();
            Claim claim = producer.claim(0, 8);
            closing.close();
            assertThrows(DetachedException.class, () -> claim.setLong(0, 1));
            assertThrows(IllegalStateException.class, claim::commit);
            claim.close();
            assertEquals(RingConsumer.EMPTY, watching.consumer().poll(message -> {}, 1));
        }
    }

    static Stream<WaitStrategy> strategies() {
        return Stream.of(WaitStrategy.spin(), WaitStrategy.yielding(), WaitStrategy.backOff(), WaitStrategy.block());
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aWaitingTakeEndsWhenItsRingIsClosed(WaitStrategy strategy) throws InterruptedException {
        Ring ring = Rings.create(spec(CAPACITY).withWaitStrategy(strategy));
        RingConsumer consumer = ring.consumer();
        CountDownLatch started = new CountDownLatch(1);
        Future<Integer> taken = threads.submit(() -> {
            started.countDown();
            return consumer.take(message -> fail("nothing was sent"), 1);
        });
        started.await();
        ring.close();
        assertDetaches(taken);
    }

    @ParameterizedTest
    @MethodSource("strategies")
    void aWaitingPutEndsWhenItsRingIsClosed(WaitStrategy strategy) throws InterruptedException {
        Ring ring = Rings.create(spec(CAPACITY).withWaitStrategy(strategy));
        RingProducer producer = ring.producer();
        CountDownLatch started = new CountDownLatch(1);
        Future<OfferResult> put = threads.submit(() -> {
            OfferResult result;
            do {
                started.countDown();
                result = producer.put(new byte[1000]);
            } while (result == OfferResult.ACCEPTED);
            return result;
        });
        started.await();
        ring.close();
        assertDetaches(put);
    }

    @Test
    void aRingClosedUnderBusyThreadsLeavesAWholeStream() throws Exception {
        try (Ring watching = Rings.create(spec(CAPACITY))) {
            long next = 0;
            for (int round = 0; round < 30; round++) {
                Ring closing = Rings.open(spec(0));
                RingProducer producer = closing.producer();
                RingConsumer consumer = closing.consumer();
                long[] sent = {next};
                long[] handled = {next};
                CountDownLatch busy = new CountDownLatch(2);
                Future<?> sending = threads.submit(() -> {
                    while (true) {
                        if (producer.offer(Payload.of(sent[0], 60)) == OfferResult.ACCEPTED && ++sent[0] % 100 == 0) {
                            busy.countDown();
                        }
                    }
                });
                Future<?> receiving = threads.submit(() -> {
                    while (true) {
                        consumer.poll(message -> Payload.check(message, handled[0]++, 60), 50);
                    }
                });
                busy.await();
                closing.close();
                assertDetaches(sending);
                assertEnds(receiving);
                // What the closed attachment left: from some message that it handled, without a gap, to its last.
                long[] expected = {-1};
                RingConsumer rest = watching.consumer();
                int result;
                do {
                    result =
                            rest.poll(message -> expected[0] = follow(message.toByteArray(), expected[0], sent[0]), 50);
                } while (result > 0);
                rest.close();
                next = expected[0] < 0 ? sent[0] : expected[0];
                assertTrue(next == sent[0] || next == sent[0] + 1, "read up to " + next + ", sent " + sent[0]);
            }
        }
    }

    /** The reader may be cut off while it compares: its bytes become zeros, then its next access throws. */
    private static void assertEnds(Future<?> receiving) {
        ExecutionException end = assertThrows(ExecutionException.class, receiving::get);
        assertFalse(end.getCause() instanceof InterruptedException);
    }

    private static long follow(byte[] content, long expected, long sent) {
        if (expected >= 0) {
            assertEquals(-1, Arrays.mismatch(Payload.of(expected, 60), content), () -> "at " + expected);
            return expected + 1;
        }
        for (long number = Math.max(0, sent - CAPACITY / 60); number <= sent; number++) {
            if (Arrays.equals(Payload.of(number, 60), content)) {
                return number + 1;
            }
        }
        throw new AssertionError("a torn or foreign message");
    }

    // ---- size -----------------------------------------------------------------------------------------------------

    @Test
    void worksInARegionAboveFourGigabytes() throws IOException {
        assumeTrue(
                Files.getFileStore(directory.path()).getUsableSpace() > 8 * GIGABYTE, "needs 8 GiB of shared memory");
        assumeTrue(availableMemory() > 8 * GIGABYTE, "needs 8 GiB of memory");
        try (Ring ring = Rings.create(spec(4 * GIGABYTE))) {
            assertTrue(ring.region().sizeBytes() > 4 * GIGABYTE);
            var memory = ring.region().memory();
            long nearTheEnd = 4 * GIGABYTE - 64;
            memory.setLong(SpscLayout.TAIL, nearTheEnd);
            memory.setLong(SpscLayout.HEAD, nearTheEnd);
            RingProducer producer = ring.producer();
            RingConsumer consumer = ring.consumer();
            assertEquals(Integer.MAX_VALUE - 64, ring.maxMessageLength());
            producer.offer(Payload.of(1, 100));
            producer.offer(Payload.of(2, 1 << 20));
            int[] next = {1};
            consumer.poll(message -> Payload.check(message, next[0], next[0]++ == 1 ? 100 : 1 << 20), 10);
            assertEquals(3, next[0]);
            ring.region().destroy();
        }
        assertThrows(RegionNotFoundException.class, () -> Rings.open(spec(0)));
    }

    private static long availableMemory() throws IOException {
        return Files.readAllLines(Path.of("/proc/meminfo")).stream()
                .filter(line -> line.startsWith("MemAvailable:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst()
                .orElse(0);
    }
}
