package io.sluice.ringbuffer.queue;

import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingSpec;
import io.sluice.ringbuffer.record.RecordFormat;
import io.sluice.ringbuffer.record.Records;

/**
 * How much of the ring elements take, as seen at one end so far: what estimates are made from. Under the end's lock.
 */
final class RecordSizes {

    private final int headerLength;
    private long count;
    private long bytes;

    RecordSizes(RingSpec spec) {
        boolean ticketed = spec.kind() == RingKind.MPSC && spec.order() == RingOrder.TOTAL;
        this.headerLength = new RecordFormat(spec.checksum(), ticketed).headerLength();
    }

    void add(int length) {
        count++;
        bytes += Records.recordLength(headerLength, length);
    }

    /** Bytes that an element takes on average; 0 if none was seen. */
    double average() {
        return count == 0 ? 0 : (double) bytes / count;
    }
}
