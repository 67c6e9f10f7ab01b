package io.sluice.ringbuffer.attach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.LongSleeper;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.queue.QueueClosedException;
import io.sluice.ringbuffer.queue.QueueSpec;
import io.sluice.ringbuffer.queue.SharedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rings that are closed, and queues that are interrupted, while somebody sleeps there for so long that nothing else ends it. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("try") // these tests are about closing
class LongSleepCloseTest {

    private static final byte[] MESSAGE = new byte[256];

    private final Actors actors = new Actors();
    private final LongSleeper sleeper = new LongSleeper();

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    @AfterEach
    void endActors() {
        actors.close();
    }

    private RingSpec spec(RingKind kind) {
        return RingSpec.of(kind, "r", 4096).withAddress(directory.address("r")).withWaitStrategy(sleeper);
    }

    private SharedBlockingQueue<byte[]> queue(RingKind kind) {
        return SharedBlockingQueue.create(QueueSpec.of(spec(kind), Codecs.bytes()));
    }

    private static void fill(RingProducer producer) {
        while (producer.offer(MESSAGE) == OfferResult.ACCEPTED) {
            // until it is full
        }
    }

    private void awaitSleepForRoom(RingKind kind) {
        if (kind == RingKind.MPMC) {
            // Not for long: room comes message by message, and is told of range by range.
            sleeper.awaitSlices(6);
            assertEquals(WaitStrategy.SLICE_NANOS, sleeper.longestNanos());
        } else {
            sleeper.awaitLongSleep(1);
        }
    }

    @ParameterizedTest
    @EnumSource(RingKind.class)
    void closingTheRingEndsATake(RingKind kind) {
        try (Ring ring = Rings.create(spec(kind))) {
            RingConsumer consumer = ring.consumer();
            Actor taking = actors.start(() -> consumer.take(message -> {}, 1));
            sleeper.awaitLongSleep(1);
            ring.close();
            assertInstanceOf(DetachedException.class, taking.outcome());
        }
    }

    @ParameterizedTest
    @EnumSource(RingKind.class)
    void closingTheRingEndsAPut(RingKind kind) {
        try (Ring ring = Rings.create(spec(kind))) {
            ring.consumer();
            RingProducer producer = ring.producer();
            fill(producer);
            Actor putting = actors.start(() -> producer.put(MESSAGE));
            awaitSleepForRoom(kind);
            ring.close();
            assertInstanceOf(DetachedException.class, putting.outcome());
        }
    }

    @Test
    void closingAnotherAttachmentGivesTheRoomBackThatItsConsumerKept() {
        try (Ring ring = Rings.create(spec(RingKind.BROADCAST));
                Ring other = Rings.open(spec(RingKind.BROADCAST))) {
            other.consumer();
            RingProducer producer = ring.producer();
            fill(producer);
            AtomicReference<OfferResult> put = new AtomicReference<>();
            Actor putting = actors.start(() -> put.set(producer.put(MESSAGE)));
            sleeper.awaitLongSleep(1);
            other.close();
            putting.join();
            assertEquals(OfferResult.ACCEPTED, put.get());
        }
    }

    @Test
    void consumersWithoutLongSleepsAwaitTheLastAcknowledgementOfAnother() {
        try (Ring ring = Rings.create(spec(RingKind.MPMC))) {
            RingProducer producer = ring.producer();
            RingConsumer busy = ring.consumer();
            RingConsumer waiting = ring.consumer();
            producer.offer(MESSAGE);
            AtomicReference<Integer> result = new AtomicReference<>();
            Actor[] taking = {null};
            // Inside of its handler the first one holds the message; behind it, it does not come again.
            busy.poll(
                    message -> {
                        producer.close();
                        taking[0] = actors.start(() -> result.set(waiting.take(next -> {}, 1)));
                        sleeper.awaitSlices(4);
                    },
                    1);
            taking[0].join();
            assertEquals(RingConsumer.CLOSED, result.get());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RingKind.class,
            names = {"SPSC", "MPSC", "MPMC"})
    void aQueueHearsOfElementsAndInterruptsInALongSleep(RingKind kind) throws InterruptedException {
        try (SharedBlockingQueue<byte[]> queue = queue(kind)) {
            Actor taking = actors.start(queue::take);
            sleeper.awaitLongSleep(1);
            queue.put(MESSAGE);
            taking.join();
            Actor interrupted = actors.start(queue::take);
            sleeper.awaitLongSleep(2);
            interrupted.interrupt();
            assertInstanceOf(InterruptedException.class, interrupted.outcome());
        }
    }

    @Test
    void aQueueAwaitsTheLastAcknowledgementOfAnotherConsumer() {
        try (SharedBlockingQueue<byte[]> queue = queue(RingKind.MPMC);
                Ring ring = Rings.open(spec(RingKind.MPMC))) {
            RingProducer producer = ring.producer();
            RingConsumer busy = ring.consumer();
            producer.offer(MESSAGE);
            Actor[] taking = {null};
            busy.poll(
                    message -> {
                        taking[0] = actors.start(queue::take);
                        sleeper.awaitLongSleep(1);
                        // Wakes it, but shows it nothing: there is still a message that may come back.
                        producer.close();
                        sleeper.awaitSlices(sleeper.slices() + 2);
                    },
                    1);
            assertInstanceOf(QueueClosedException.class, taking[0].outcome());
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = RingKind.class,
            names = {"SPSC", "MPSC", "MPMC"})
    void finishingAQueueEndsAPutOfAnotherThread(RingKind kind) throws InterruptedException {
        try (SharedBlockingQueue<byte[]> queue = queue(kind);
                Ring ring = Rings.open(spec(kind))) {
            ring.consumer();
            while (queue.offer(MESSAGE)) {
                // until it is full
            }
            Actor putting = actors.start(() -> queue.put(MESSAGE));
            awaitSleepForRoom(kind);
            queue.finish();
            assertInstanceOf(QueueClosedException.class, putting.outcome());
        }
    }
}
