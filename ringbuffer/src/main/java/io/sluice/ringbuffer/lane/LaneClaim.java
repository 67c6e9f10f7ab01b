package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.Claim;

/**
 * The one claim of an {@link LaneProducer}: a window behind the published tail. Aborting has nothing to undo, because
 * nothing is reserved in shared memory until the commit.
 */
final class LaneClaim extends Claim {

    private final LaneProducer producer;
    private long start;
    private int typeId;
    private boolean open;

    LaneClaim(LaneProducer producer, RegionMemory memory) {
        super(memory);
        this.producer = producer;
    }

    void open(long newStart, int newTypeId, long payload, int length) {
        start = newStart;
        typeId = newTypeId;
        wrap(payload, length);
        open = true;
    }

    boolean isOpen() {
        return open;
    }

    @Override
    public void commit(int length) {
        if (!open) {
            throw new IllegalStateException(memory().name() + ": this claim was committed or aborted already");
        }
        if (length < 0 || length > length()) {
            throw new IllegalArgumentException(
                    memory().name() + ": " + length + " bytes of a claim of " + length() + " bytes");
        }
        producer.commit(start, typeId, length);
        end();
    }

    @Override
    public void abort() {
        if (open) {
            end();
            producer.abort();
        }
    }

    private void end() {
        open = false;
        wrap(0, 0);
    }
}
