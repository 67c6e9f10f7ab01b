package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;

/**
 * Opens production's SPSC handles on any {@link RegionMemory}, without a region around it: for checks that model the
 * memory. In this package because the handles are hidden in it.
 */
public final class SpscHandles {

    /** Offset of the position that the producer publishes. */
    public static final long TAIL = SpscLayout.TAIL;

    /** Offset of the position that the consumer acknowledges. */
    public static final long HEAD = SpscLayout.HEAD;

    /** Offset of the producer's lease. */
    public static final long PRODUCER = SpscLayout.PRODUCER;

    /** Offset of the consumer's lease. */
    public static final long CONSUMER = SpscLayout.CONSUMER;

    /** Offset of the consumer's wake word. */
    public static final long DATA = SpscLayout.DATA;

    /** Offset of the producer's wake word. */
    public static final long SPACE = SpscLayout.SPACE;

    /** Offset of the int that says whether the consumer reads the copy of the newest record beside TAIL. */
    public static final long MAIL_WANTED = SpscLayout.MAIL_WANTED;

    /** Offset of the long that says of which record that copy is. */
    public static final long MAIL_OF = SpscLayout.MAIL_OF;

    /** Offset of the first record. */
    public static final long RECORDS = SpscLayout.RECORDS;

    private SpscHandles() {}

    /** Bytes of memory for a ring of {@code capacity}, which may be smaller than a real one's. */
    public static long memoryBytes(long capacity) {
        return SpscLayout.TAIL + SpscLayout.bodyBytes(capacity);
    }

    /** Joins as the producer. */
    public static RingProducer producer(RegionMemory memory, long capacity, WaitStrategy strategy) {
        return new SpscRoles(capacity, false, strategy).producer(memory);
    }

    /** Joins as the consumer. */
    public static RingConsumer consumer(RegionMemory memory, long capacity, WaitStrategy strategy) {
        return new SpscRoles(capacity, false, strategy).consumer(memory);
    }
}
