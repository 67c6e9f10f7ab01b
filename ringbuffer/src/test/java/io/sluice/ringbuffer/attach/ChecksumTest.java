package io.sluice.ringbuffer.attach;

import static io.sluice.ringbuffer.Received.bytes;
import static io.sluice.ringbuffer.Received.expect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.ringbuffer.Received;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A message whose bytes were changed on their way through a ring of any kind: named, skipped, and nothing else is. */
@Timeout(60)
class ChecksumTest {

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    static Stream<RingSpec> ringsOfSeveralProducers() {
        RingSpec mpsc = RingSpec.mpsc("unused", 4096);
        return Stream.of(mpsc, mpsc.withOrder(RingOrder.TOTAL), RingSpec.mpmc("unused", 4096));
    }

    static Stream<RingSpec> rings() {
        return Stream.concat(
                Stream.of(RingSpec.spsc("unused", 4096), RingSpec.broadcast("unused", 4096)),
                ringsOfSeveralProducers());
    }

    private Ring create(RingSpec kind) {
        return Rings.create(kind.withAddress(directory.address("ring")).withChecksum(true));
    }

    /** Changes a message as long as {@code wanted} where it lies; returns its position. */
    private static long damage(RingConsumer consumer, String wanted) {
        long[] position = {-1};
        consumer.peek(
                message -> {
                    if (message.length() == wanted.length()) {
                        position[0] = message.position();
                        message.setByte(0, (byte) '?');
                    }
                },
                10);
        return position[0];
    }

    private static void assertSkips(long position, RingConsumer consumer, Received before) {
        ChecksumException damage = assertThrows(ChecksumException.class, () -> {
            while (true) {
                consumer.poll(before, 10);
            }
        });
        assertTrue(damage.getMessage().contains("/ring: "), damage.getMessage());
        assertTrue(damage.getMessage().contains("position " + position + " skipped"), damage.getMessage());
    }

    @ParameterizedTest
    @MethodSource("rings")
    void aDamagedMessageIsNamedAndSkipped(RingSpec kind) {
        try (Ring ring = create(kind);
                RingConsumer consumer = ring.consumer();
                RingProducer producer = ring.producer()) {
            for (String text : List.of("a", "bad", "c")) {
                producer.offer(bytes(text));
            }
            long position = damage(consumer, "bad");
            for (int attempt = 0; attempt < 2; attempt++) {
                assertThrows(ChecksumException.class, () -> consumer.peek(message -> {}, 10));
            }
            Received received = new Received();
            assertSkips(position, consumer, received);
            assertEquals(List.of("a"), received.texts());
            expect(consumer, "c");
            assertEquals(0, producer.backlogBytes());
            producer.offer(bytes("d"));
            expect(consumer, "d");
        }
    }

    @ParameterizedTest
    @MethodSource("ringsOfSeveralProducers")
    void theOthersMessagesAreWhole(RingSpec kind) {
        try (Ring ring = create(kind);
                RingConsumer consumer = ring.consumer();
                RingProducer unlucky = ring.producer();
                RingProducer other = ring.producer()) {
            unlucky.offer(bytes("bad"));
            long position = damage(consumer, "bad");
            other.offer(bytes("a"));
            unlucky.offer(bytes("b"));
            Received received = new Received();
            assertSkips(position, consumer, received);
            assertEquals(List.of(), received.texts());
            int handled;
            do {
                handled = consumer.poll(received, 10);
            } while (handled > 0);
            assertEquals(List.of("a", "b"), received.texts().stream().sorted().toList());
            assertEquals(0, consumer.backlogBytes());
        }
    }
}
