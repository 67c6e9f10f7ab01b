package io.sluice.ringbuffer.broadcast;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.ChildConsole;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real processes that send into a lossy broadcast ring and are killed or stopped at it. */
@Timeout(300)
class LossyProcessesTest {

    private static final int LONGEST = 700;
    private static final int ROUNDS = Integer.getInteger("sluice.test.rounds", 4);
    private static final int ENOUGH = 1000; // messages between two blows
    private static final int CROWD = 64; // messages as fast as possible: more than there is room for
    private static final long PAUSE_NANOS =
            200_000; // or the reader, when it runs seldom, would be overtaken at every look

    private TestDirectory directory;
    private Ring ring;

    private static RingSpec spec(Path directory) {
        return RingSpec.broadcast("unused", 1 << 13)
                .withAddress(RegionAddress.of(directory, "ring"))
                .withLossy(true);
    }

    @BeforeEach
    void createRing() throws IOException {
        directory = TestDirectory.create();
        ring = Rings.create(spec(directory.path()));
    }

    @AfterEach
    void removeRing() throws IOException {
        ring.close();
        directory.close();
    }

    /** Sends numbered messages, beginning with the number that is its argument, until it is killed. */
    static final class Sender {

        private Sender() {}

        public static void main(String[] arguments) {
            ChildConsole console = new ChildConsole();
            Numbered messages = new Numbered(LONGEST);
            try (Ring ring = Rings.open(spec(Path.of(arguments[0])));
                    RingProducer producer = ring.producer()) {
                console.say("ready");
                for (long number = Long.parseLong(arguments[1]); ; number++) {
                    if (producer.offer(messages.content(number)) != OfferResult.ACCEPTED) {
                        console.say("refused " + number);
                    }
                    if (number % CROWD == 0) {
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                }
            }
        }
    }

    @Test
    void nothingTornAndNothingOutOfOrderThroughKillsAndStopsOfProducers() throws InterruptedException {
        Numbered received = new Numbered(LONGEST);
        Numbered seldom = new Numbered(LONGEST);
        try (RingConsumer quick = ring.consumer();
                RingConsumer slow = ring.consumer()) {
            for (int round = 0; round < ROUNDS; round++) {
                try (ChildJvm sender =
                        ChildJvm.start(Sender.class, directory.path().toString(), Long.toString(received.last() + 1))) {
                    sender.awaitLine("ready");
                    readUntil(quick, received, received.count() + ENOUGH);
                    if (round % 2 == 0) {
                        sender.stop();
                        drain(quick, received);
                        // A pause is no death.
                        assertEquals(PeerState.LIVE, quick.producerState());
                        assertEquals(RingConsumer.EMPTY, quick.take(received, 1, Duration.ofMillis(50)));
                        sender.resume();
                        readUntil(quick, received, received.count() + ENOUGH);
                    }
                    assertFalse(sender.hasLine(), "an offer was refused");
                    sender.kill();
                }
                drain(quick, received);
                assertEquals(RingConsumer.PEER_DEAD, quick.take(received, 1));
                // Who reads seldom is overtaken, and gets what the other got last.
                assertEquals(RingConsumer.LAPPED, slow.poll(seldom, 1));
                drain(slow, seldom);
                assertEquals(received.last(), seldom.last());
            }
        }
    }

    private static void readUntil(RingConsumer consumer, Numbered handler, long count) throws InterruptedException {
        while (handler.count() < count) {
            int result = consumer.take(handler, 100, Duration.ofSeconds(60));
            assertTrue(result > 0 || result == RingConsumer.LAPPED, () -> "result " + result);
        }
    }

    private static void drain(RingConsumer consumer, MessageHandler handler) {
        int result;
        do {
            result = consumer.poll(handler, 100);
        } while (result > 0 || result == RingConsumer.LAPPED);
    }
}
