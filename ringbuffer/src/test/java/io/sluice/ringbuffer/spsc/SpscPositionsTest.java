package io.sluice.ringbuffer.spsc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.Payload;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneProducer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every place where a record can start, with every length, and positions beyond what an int or 4 GiB holds. */
@Timeout(120)
class SpscPositionsTest {

    private static final int CAPACITY = 4096;
    private static final int LONGEST = CAPACITY / 2;

    @Test
    void fitsEveryLengthAtEveryIndexOfAnEmptyRing() {
        for (int length = 0; length <= LONGEST; length++) {
            try (Positioned ring = new Positioned(CAPACITY, false)) {
                for (int index = 0; index < CAPACITY; index += 8) {
                    ring.roundTrip(index, length);
                }
            }
        }
    }

    @Test
    void fitsEveryLengthAtEveryIndexOfAnEmptyRingWithChecksums() {
        for (int length = 0; length <= LONGEST; length += length < 40 || length > LONGEST - 70 ? 1 : 101) {
            try (Positioned ring = new Positioned(CAPACITY, true)) {
                for (int index = 0; index < CAPACITY; index += 8) {
                    ring.roundTrip(index, length);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 31, 1L << 32, 1L << 33, 1L << 46, 1L << 62})
    void crossesEveryPowerOfTwo(long boundary) {
        for (int length : new int[] {0, 1, 8, 100, 1000, LONGEST - 1, LONGEST}) {
            for (boolean checksum : new boolean[] {false, true}) {
                try (Positioned ring = new Positioned(CAPACITY, checksum)) {
                    for (long position = boundary - CAPACITY; position < boundary + CAPACITY; position += 8) {
                        ring.roundTrip(position, length);
                    }
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4096, 8192, 1 << 16, 1 << 20, 1 << 23})
    void carriesMessagesOfExactlyHalfOfTheCapacityInEveryCapacity(long capacity) {
        int half = Math.toIntExact(capacity / 2);
        for (boolean checksum : new boolean[] {false, true}) {
            try (Positioned ring = new Positioned(capacity, checksum)) {
                ring.roundTrip(0, half);
                ring.roundTrip(capacity - 8, half);
                ring.roundTrip(capacity / 2 + 64, half);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 32, 1L << 33, 1L << 36})
    void worksAtIndexesBeyondFourGigabytes(long capacity) {
        int megabyte = 1 << 20;
        for (boolean checksum : new boolean[] {false, true}) {
            try (Positioned ring = new Positioned(capacity, checksum)) {
                for (long index : new long[] {
                    (1L << 31) - 8, (1L << 32) - 8, capacity / 2, capacity - 8, capacity - megabyte / 2, capacity - 64
                }) {
                    ring.roundTrip(index, 0);
                    ring.roundTrip(index, 100);
                    ring.roundTrip(3 * capacity + index, megabyte);
                }
            }
        }
    }

    /** A ring whose positions a test sets as it likes. */
    private static final class Positioned implements AutoCloseable {

        private final SpscTestRing ring;
        private final RegionMemory producing;
        private final RegionMemory consuming;
        private long number;

        Positioned(long capacity, boolean checksum) {
            ring = SpscTestRing.mapped(capacity, checksum, WaitStrategy.backOff());
            producing = ring.newProcess();
            consuming = ring.newProcess();
        }

        /** Has a message of {@code length} bytes and a small one pass an empty ring that stands at {@code position}. */
        void roundTrip(long position, int length) {
            producing.setLong(SpscLayout.TAIL, position);
            producing.setLong(SpscLayout.HEAD, position);
            LaneProducer producer = ring.producer(producing);
            LaneConsumer consumer = ring.consumer(consuming);
            long first = number;
            number += 2;
            assertEquals(OfferResult.ACCEPTED, producer.offer(Payload.of(first, length)), () -> "at " + position);
            int second = length % 24;
            boolean both = producer.offer(Payload.of(first + 1, second)) == OfferResult.ACCEPTED;
            int[] seen = {0};
            consumer.poll(
                    message -> {
                        Payload.check(message, first + seen[0], seen[0] == 0 ? length : second);
                        seen[0]++;
                    },
                    10);
            assertEquals(both ? 2 : 1, seen[0], () -> length + " bytes at " + position);
            assertEquals(producing.getLong(SpscLayout.TAIL), producing.getLong(SpscLayout.HEAD));
            producer.leave();
            consumer.close();
        }

        @Override
        public void close() {
            ring.close();
        }
    }
}
