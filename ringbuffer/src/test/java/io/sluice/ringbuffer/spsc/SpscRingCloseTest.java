package io.sluice.ringbuffer.spsc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.identity.ProcessIdentity;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.stream.RingReadableChannel;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.MappedBytes;
import net.openhft.chronicle.bytes.PointerBytesStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An attached SPSC ring as a whole: what closing it does to its handles, and what outlives it. */
class SpscRingCloseTest {

    private TestDirectory directory;
    private RingSpec spec;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = TestDirectory.create();
        spec = RingSpec.spsc("ring", 1 << 16).withAddress(RegionAddress.of(directory.path(), "ring"));
    }

    @AfterEach
    void removeDirectory() throws IOException {
        ProcessIdentity.in(directory.path()).close();
        directory.close();
    }

    @Test
    void closingARingGivesUpTheRolesOfItsHandles() {
        Ring ring = Rings.create(spec);
        RingProducer producer = ring.producer();
        ring.close();
        ring.close();
        assertThrows(DetachedException.class, () -> producer.offer(new byte[1]));
        assertThrows(DetachedException.class, ring::producer);
        assertThatRolesAreFree();
    }

    @Test
    void detachingTheRegionGivesUpTheRolesAsClosingTheRingDoes() {
        Ring ring = Rings.create(spec);
        RingProducer producer = ring.producer();
        RingConsumer consumer = ring.consumer();
        ring.region().detach();
        assertThrows(DetachedException.class, () -> producer.offer(new byte[1]));
        assertThrows(DetachedException.class, () -> consumer.poll(message -> {}, 1));
        ring.close();
        assertThatRolesAreFree();
    }

    @Test
    void aDirectBufferGetsNoZerosOfARingThatIsClosedUnderTheCopy() {
        try (SpscTestRing ring = SpscTestRing.mapped(4096, false, WaitStrategy.backOff())) {
            RingConsumer consumer = ring.consumer(new ForwardingMemory(ring.newProcess()) {
                @Override
                public void point(PointerBytesStore store, long offset, long length) {
                    super.point(store, offset, length);
                    detach();
                }
            });
            ring.producer().offer(new byte[] {1, 1, 1});
            RingReadableChannel channel = new RingReadableChannel(consumer);
            ByteBuffer target = ByteBuffer.allocateDirect(2);
            assertThrows(DetachedException.class, () -> channel.read(target));
            assertEquals(0, target.position());
        }
    }

    private void assertThatRolesAreFree() {
        try (Ring again = Rings.open(spec);
                RingConsumer consumer = again.consumer()) {
            assertEquals(PeerState.ABSENT, consumer.producerState());
            again.producer().close();
            assertEquals(PeerState.CLOSED, consumer.producerState());
        }
    }

    @Test
    void aStoreOfAMessageThatOutlivesItsRingReadsZerosAndCrashesNobody() throws InterruptedException {
        BytesStore<?, ?> kept = storeOfAClosedRing();
        for (int round = 0; round < 5; round++) {
            System.gc();
            Thread.sleep(20); // room for the cleaner's thread; nothing is asserted of it
            assertEquals(0, kept.readLong(0));
        }
    }

    private BytesStore<?, ?> storeOfAClosedRing() {
        BytesStore<?, ?>[] kept = new BytesStore<?, ?>[1];
        try (Ring ring = Rings.create(spec);
                RingProducer producer = ring.producer();
                RingConsumer consumer = ring.consumer()) {
            producer.offer(new byte[] {1, 1, 1, 1, 1, 1, 1, 1});
            consumer.poll(message -> kept[0] = message.bytesStore(), 1);
        }
        return kept[0];
    }

    @Test
    void copiesOutOfAChronicleFileThatIsMappedInChunks() throws IOException {
        Assumptions.assumeTrue(
                System.getProperty("sluice.test.mode", "").equals("chronicle"),
                "Chronicle's mapped files need the JVM's flags");
        int chunk = 65_536;
        File file = directory.path().resolve("chunks.dat").toFile();
        try (MappedBytes source = MappedBytes.mappedBytes(file, chunk);
                Ring ring = Rings.create(spec);
                RingProducer producer = ring.producer();
                RingConsumer consumer = ring.consumer()) {
            for (int index = 0; index < 3 * chunk; index += Long.BYTES) {
                source.writeLong(index, index);
            }
            int from = chunk - 4096;
            producer.offer(0, source, from, 8192);
            int[] wrong = {0};
            int handled = consumer.poll(
                    message -> {
                        for (int index = 0; index < message.length(); index += Long.BYTES) {
                            wrong[0] += message.getLong(index) == from + index ? 0 : 1;
                        }
                    },
                    1);
            assertEquals(1, handled);
            assertEquals(0, wrong[0]);
        }
    }
}
