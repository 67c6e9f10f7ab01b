package io.sluice.benchmarks.recovery;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** One process has a role of a ring and is killed; another one waits because of it. */
final class RingSituations {

    private static final String RING = "ring";
    private static final long CAPACITY = 1 << 14;
    private static final byte[] MESSAGE = new byte[32];
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final long POLL_NANOS = 20_000;

    private RingSituations() {}

    static List<Situation<?>> all() {
        return List.of(
                new Situation<>(
                        "spsc",
                        "SPSC ring: producer dies, the waiting consumer is told",
                        new Maker(RingKind.SPSC),
                        ring -> put(ring.producer()),
                        RingSituations::awaitDeathOfProducer),
                new Situation<>(
                        "spsc-role",
                        "SPSC ring: producer dies, the next producer has its role",
                        new Maker(RingKind.SPSC),
                        ring -> put(ring.producer()),
                        RingSituations::awaitRole),
                new Situation<>(
                        "mpsc",
                        "MPSC ring: the last producer dies, the waiting consumer is told",
                        new Maker(RingKind.MPSC),
                        ring -> put(ring.producer()),
                        RingSituations::awaitDeathOfProducer),
                new Situation<>(
                        "mpmc",
                        "MPMC ring: consumer dies with a message, the next one gets it",
                        new Maker(RingKind.MPMC),
                        RingSituations::takeAway,
                        RingSituations::awaitMessage),
                new Situation<>(
                        "broadcast",
                        "broadcast ring: the slowest consumer dies, the waiting producer goes on",
                        new Maker(RingKind.BROADCAST),
                        Ring::consumer,
                        RingSituations::awaitRoom));
    }

    private record Maker(RingKind kind) implements Situation.Maker<Ring> {

        private RingSpec spec(Path directory, int round) {
            return RingSpec.of(kind, RING, CAPACITY)
                    .withAddress(RegionAddress.of(directory, RING + "-" + round))
                    .withOptions(RegionOptions.DEFAULT.withDestroyOnLastDetach(true));
        }

        @Override
        public Ring create(Path directory, int round, WaitStrategy strategy) {
            return Rings.create(spec(directory, round).withWaitStrategy(strategy));
        }

        @Override
        public Ring open(Path directory, int round) {
            return Rings.open(spec(directory, round));
        }
    }

    private static void put(RingProducer producer) {
        if (producer.offer(MESSAGE) != OfferResult.ACCEPTED) {
            throw new IllegalStateException("an empty ring refused a message");
        }
    }

    private static void awaitDeathOfProducer(Ring ring) throws InterruptedException {
        RingConsumer consumer = ring.consumer();
        int taken = consumer.take(message -> {}, 1, LONG);
        while (taken > 0) {
            taken = consumer.take(message -> {}, 1, LONG);
        }
        if (taken != RingConsumer.PEER_DEAD) {
            throw new IllegalStateException("the consumer was told " + taken + " instead of a death");
        }
    }

    private static void awaitRole(Ring ring) {
        boolean taken = true;
        while (taken) {
            try {
                ring.producer();
                taken = false;
            } catch (RoleTakenException e) {
                LockSupport.parkNanos(POLL_NANOS);
            }
        }
    }

    private static void takeAway(Ring ring) {
        RingProducer producer = ring.producer();
        put(producer);
        producer.leave();
        if (ring.consumer().peek(message -> {}, 1) != 1) {
            throw new IllegalStateException("the message is not there");
        }
    }

    private static void awaitMessage(Ring ring) throws InterruptedException {
        RingConsumer consumer = ring.consumer();
        if (consumer.take(message -> {}, 1, LONG) != 1) {
            throw new IllegalStateException("the message did not come again");
        }
    }

    private static void awaitRoom(Ring ring) throws InterruptedException {
        RingProducer producer = ring.producer();
        OfferResult result = OfferResult.ACCEPTED;
        while (result == OfferResult.ACCEPTED) {
            result = producer.offer(MESSAGE);
        }
        if (producer.put(0, MESSAGE, 0, MESSAGE.length, LONG) != OfferResult.ACCEPTED) {
            throw new IllegalStateException("a dead consumer holds the producer up");
        }
    }
}
