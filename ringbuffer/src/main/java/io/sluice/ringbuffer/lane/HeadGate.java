package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.PeerState;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.function.LongConsumer;

/** A lane with one consumer, which says in HEAD how far it has come. */
public final class HeadGate implements Gate {

    private final RegionMemory memory;
    private final long head;
    private final RoleLease consumer;

    /** The consumer of {@code lane} is who holds {@code consumer}. */
    public HeadGate(Lane lane, RoleLease consumer) {
        this.memory = lane.memory();
        this.head = lane.at(LaneLayout.HEAD);
        this.consumer = consumer;
    }

    @Override
    public long freed(long tail, long wanted) {
        // acquire; pairs with LaneReader.acknowledge's release: what we overwrite has been read.
        return memory.getLongAcquire(head);
    }

    @Override
    public PeerState readers() {
        return consumer.state();
    }

    @Override
    public void forEachReader(LongConsumer token) {
        consumer.forEachHolder(token);
    }

    @Override
    public long readerChanges() {
        return consumer.changes();
    }
}
