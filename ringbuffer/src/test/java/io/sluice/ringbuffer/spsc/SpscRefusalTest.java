package io.sluice.ringbuffer.spsc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.api.identity.ProcessIdentity;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.MessageTooLargeException;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.ringbuffer.record.Records;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;

/** What the refusals of a ring say, word by word: which file, which field, what was expected, what was found. */
class SpscRefusalTest {

    private static final long CAPACITY = 8192;
    private static final MessageHandler NOBODY = message -> fail("delivered the message at " + message.position());

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    private RegionAddress address;
    private Ring ring;

    @BeforeEach
    void createRing() {
        address = directory.address("ring");
        ring = Rings.create(spec(CAPACITY).withChecksum(true));
    }

    @AfterEach
    void removeRing() throws IOException {
        ring.close();
        ProcessIdentity.in(directory.path()).close();
    }

    private RingSpec spec(long capacity) {
        return RingSpec.spsc("unused", capacity).withAddress(address);
    }

    private void assertSays(Class<? extends Exception> type, String words, Executable use) {
        assertEquals(
                address.path() + words,
                assertThrows(type, use).getMessage(),
                () -> "the " + type.getSimpleName() + " says something else");
    }

    @Test
    void namesTheLongestLengthForAMessageThatIsTooLarge() {
        RingProducer producer = ring.producer();
        assertSays(
                MessageTooLargeException.class,
                ": a message of 4097 bytes is too large, the longest is 4096 bytes",
                () -> producer.offer(new byte[4097]));
    }

    @Test
    void namesTheCapacitiesThatARingCanHave() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> RingSpec.spsc("ring", 5000));
        assertEquals(
                "ring: capacity 5000 is not a power of two from 4096 to 70368744177664 bytes", refused.getMessage());
    }

    @Test
    void namesBothCapacities() {
        assertSays(
                RegionFormatException.class,
                ": capacity: expected 16384, found 8192",
                () -> Rings.open(spec(2 * CAPACITY)));
    }

    @Test
    void namesBothKinds() {
        ring.region().destroy();
        Regions.create(address, RegionSpec.of("mutex", 4096), RegionOptions.DEFAULT)
                .detach();
        assertSays(
                RegionFormatException.class, ": kind: expected ring.spsc, found mutex", () -> Rings.open(spec(CAPACITY))
                        .close());
    }

    @Test
    void namesTheHolderOfARole() throws IOException {
        ring.producer();
        ring.consumer();
        String holder = Long.toHexString(ProcessIdentity.in(directory.path()).token());
        assertSays(
                RoleTakenException.class, ": the producer role is held by live process " + holder, () -> ring.producer()
                        .close());
        assertSays(
                RoleTakenException.class, ": the consumer role is held by live process " + holder, () -> ring.consumer()
                        .close());
    }

    @Test
    void namesWhatIsUsedTooLate() {
        RingProducer producer = ring.producer();
        RingConsumer consumer = ring.consumer();
        producer.close();
        consumer.close();
        String late = " is detached: it was closed before this use";
        assertSays(DetachedException.class, ": this producer" + late, () -> producer.offer(new byte[1]));
        assertSays(DetachedException.class, ": this consumer" + late, () -> consumer.poll(NOBODY, 1));
        ring.close();
        assertSays(DetachedException.class, late, () -> ring.producer().close());
    }

    @Test
    void namesACorruptPosition() {
        RegionMemory memory = ring.region().memory();
        RingConsumer consumer = ring.consumer();
        memory.setLong(SpscLayout.TAIL, 2 * CAPACITY);
        assertSays(
                CorruptRingException.class,
                ": corrupt TAIL at position 16384: expected a multiple of 8 from 0 to 8192, found 16384",
                () -> consumer.poll(NOBODY, 1));
    }

    @Test
    void namesACorruptLength() {
        RegionMemory memory = ring.region().memory();
        RingConsumer consumer = ring.consumer();
        ring.producer().offer(new byte[8]);
        memory.setLong(SpscLayout.RECORDS, Records.header(0, 4097));
        assertSays(
                CorruptRingException.class,
                ": corrupt record length at position 0: expected 0 to 4096 and an end not behind TAIL 24 nor the record"
                        + " area, found 4097",
                () -> consumer.poll(NOBODY, 1));
    }

    @Test
    void namesBothChecksums() {
        RegionMemory memory = ring.region().memory();
        RingConsumer consumer = ring.consumer();
        ring.producer().offer(new byte[8]);
        memory.setInt(SpscLayout.RECORDS + Records.CHECKSUM, 0x1234);
        ChecksumException refused = assertThrows(ChecksumException.class, () -> consumer.poll(NOBODY, 1));
        assertEquals(
                address.path() + ": message at position 0 skipped: its CRC32C is ",
                refused.getMessage().replaceFirst("[0-9a-f]{8}, expected 00001234$", ""));
    }
}
