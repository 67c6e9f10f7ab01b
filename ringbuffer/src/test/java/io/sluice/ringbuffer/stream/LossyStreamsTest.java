package io.sluice.ringbuffer.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.TestDirectory;
import io.sluice.ringbuffer.record.Records;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams over a ring that overwrites what was not read in time. */
@Timeout(60)
class LossyStreamsTest {

    private TestDirectory directory;
    private Ring ring;
    private RingProducer producer;
    private InputStream in;

    @BeforeEach
    void openStream() throws IOException {
        directory = TestDirectory.create();
        RingSpec spec = RingSpec.broadcast("unused", 4096)
                .withAddress(RegionAddress.of(directory.path(), "lossy"))
                .withLossy(true);
        ring = Rings.create(spec);
        producer = ring.producer();
        in = new RingInputStream(ring.consumer());
    }

    @AfterEach
    void removeRing() throws IOException {
        in.close();
        producer.close();
        ring.close();
        directory.close();
    }

    @Test
    void tellOfAGap() throws Exception {
        producer.offer(new byte[] {1, 2});
        assertEquals(1, in.read());
        for (int number = 0; number < 1000; number++) {
            producer.offer(new byte[] {3, 4});
        }
        IOException gap = assertThrows(IOException.class, () -> in.readNBytes(3));
        assertTrue(gap.getMessage().contains("missing behind the 1 bytes"), gap.getMessage());
        assertEquals(3, in.read());
        assertEquals(4, in.read());
    }

    @Test
    void haveNothingAvailableInFrontOfAGap() throws Exception {
        producer.offer(new byte[] {1, 2, 3, 4, 5});
        assertEquals(4, in.readNBytes(4).length);
        for (int number = 0; number < 1000; number++) {
            producer.offer(new byte[] {6, 7});
        }
        assertEquals(0, in.available());
        assertEquals(0, in.available());
        assertThrows(IOException.class, in::read);
        assertEquals(2, in.available());
    }

    @Test
    void goOnBehindADamagedRecordAndTellOfTheGap() throws Exception {
        producer.offer(new byte[] {1, 2});
        producer.offer(MarkedMessage.bytes());
        MarkedMessage.damage(ring, Records.HEADER);
        assertEquals(1, in.read());
        assertEquals(2, in.read());
        IOException damage = assertThrows(IOException.class, in::read);
        assertTrue(damage.getMessage().contains("record "), damage.getMessage());
        IOException gap = assertThrows(IOException.class, in::read);
        assertTrue(gap.getMessage().contains("missing behind the 2 bytes"), gap.getMessage());
        producer.offer(new byte[] {3, 4});
        assertEquals(3, in.read());
        assertEquals(4, in.read());
    }
}
