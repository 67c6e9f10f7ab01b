package io.sluice.ringbuffer.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.processes.Parties.Party;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A real producer that is stopped, or killed, in the middle of a claim, beside others. */
@Timeout(120)
class StoppedClaimTest {

    static Stream<RingSpec> ringsOfSeveralProducers() {
        RingSpec mpsc = RingSpec.mpsc("unused", 1 << 14);
        return Stream.of(mpsc, mpsc.withOrder(RingOrder.TOTAL), RingSpec.mpmc("unused", 1 << 14));
    }

    @ParameterizedTest
    @MethodSource("ringsOfSeveralProducers")
    void keepsNobodyBack(RingSpec kind) throws Exception {
        try (TestDirectory directory = TestDirectory.create();
                Ring ring = Rings.create(kind.withAddress(RegionAddress.of(directory.path(), "ring"))
                        .withMaxProducers(4)
                        .withWaitStrategy(WaitStrategy.block())
                        .withChecksum(true));
                Parties parties = new Parties(kind.kind(), directory.path())) {
            Party claimant = parties.start("claim");
            Party victim = parties.start("claim");
            claimant.process().awaitLine("claims");
            victim.process().awaitLine("claims");
            claimant.process().stop();
            parties.kill(victim);
            RingProducer left = ring.producer();
            RingProducer right = ring.producer();
            RingConsumer consumer = ring.consumer();
            for (int number = 0; number < 100; number++) {
                assertEquals(OfferResult.ACCEPTED, left.offer(new byte[] {(byte) number}));
                assertEquals(OfferResult.ACCEPTED, right.offer(new byte[] {(byte) number}));
                List<Integer> got = new ArrayList<>();
                while (got.size() < 2) {
                    consumer.poll(message -> got.add((int) message.getByte(0)), 10);
                }
                assertEquals(List.of(number, number), got);
            }
            claimant.process().resume();
            claimant.process().send("go on");
            claimant.process().awaitLine("committed");
            assertEquals(
                    1,
                    consumer.poll(
                            message -> assertEquals(RingChild.id(claimant.number(), 0), RingChild.idOf(message)), 10));
        }
    }
}
