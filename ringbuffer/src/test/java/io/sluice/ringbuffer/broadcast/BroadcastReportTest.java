package io.sluice.ringbuffer.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.TestDirectory;
import io.sluice.ringbuffer.record.RecordFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What others read about the consumers of a broadcast ring. */
@Timeout(60)
class BroadcastReportTest {

    private static final int CAPACITY = 4096;
    private static final int PLACES = 2;
    private static final int RECORD = 24;

    @Test
    void aConsumerInTheMiddleOfJoiningHasNoBacklogYet() throws Exception {
        try (TestDirectory directory = TestDirectory.create()) {
            RegionAddress address = RegionAddress.of(directory.path(), "ring");
            RingSpec spec =
                    RingSpec.broadcast("unused", CAPACITY).withAddress(address).withMaxConsumers(PLACES);
            try (Ring ring = Rings.create(spec);
                    RingProducer producer = ring.producer()) {
                RingConsumer settled = ring.consumer();
                int sent = 2 * CAPACITY / RECORD;
                for (int i = 0; i < sent; i++) {
                    assertEquals(OfferResult.ACCEPTED, producer.offer(new byte[16]));
                    settled.poll(message -> {}, 1);
                }
                assertEquals(OfferResult.ACCEPTED, producer.offer(new byte[16]));
                BroadcastGeometry geometry = new BroadcastGeometry(PLACES, CAPACITY, false, RecordFormat.of(false));
                // C1 of CursorGate, and no further: the cursor of the place is nobody's yet.
                assertEquals(1, geometry.consumers(ring.region().memory()).take());

                RingReport report = Rings.report(address, false);
                assertEquals(PeerState.LIVE, report.consumers().get(1).state());
                assertEquals(0, report.consumers().get(1).backlogBytes());
                assertEquals(RECORD, report.consumers().get(0).backlogBytes());
                assertEquals(RECORD, report.backlogBytes());
                settled.close();
            }
        }
    }
}
