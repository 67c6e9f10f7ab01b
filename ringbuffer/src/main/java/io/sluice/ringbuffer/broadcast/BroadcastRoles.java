package io.sluice.ringbuffer.broadcast;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.attach.AttachedRing;
import io.sluice.ringbuffer.lane.Delivery;
import io.sluice.ringbuffer.lane.Gate;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.lane.LaneProducer;
import io.sluice.ringbuffer.lane.LaneReader;
import io.sluice.ringbuffer.lane.SingleLane;
import io.sluice.ringbuffer.role.ConsumerRole;
import io.sluice.ringbuffer.role.Places;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.List;

/**
 * The roles of a broadcast ring: one producer, and consumers that each get every message that is committed from their
 * joining on.
 *
 * <p>The slowest live consumer holds the producer up, unless the ring is lossy: then nobody does, and a slow one misses
 * messages. Where there is none, messages go nowhere. A consumer that dies or leaves takes its cursor with it: nobody
 * inherits what it had not read.
 *
 * @param geometry of the ring
 * @param strategy how handles wait
 */
record BroadcastRoles(BroadcastGeometry geometry, WaitStrategy strategy)
        implements AttachedRing.Roles<LaneProducer, LaneConsumer> {

    /**
     * {@inheritDoc}
     *
     * @throws RoleTakenException if a live process is the producer
     */
    @Override
    public LaneProducer producer(RegionMemory memory) {
        RoleLease lease = geometry.producer(memory);
        lease.take();
        return new LaneProducer(geometry.lane(memory), lease, gate(memory, lease), BroadcastLayout.DATA, strategy);
    }

    private Gate gate(RegionMemory memory, RoleLease lease) {
        if (!geometry.lossy()) {
            return new CursorGate(memory, geometry);
        }
        try {
            return new OverwriteGate(memory, geometry);
        } catch (CorruptRingException e) {
            lease.leave();
            throw e;
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws RoleTakenException if live consumers have all places
     */
    @Override
    public LaneConsumer consumer(RegionMemory memory) {
        Places places = geometry.consumers(memory);
        // C1 of CursorGate: from here on the producer goes no further than it might already.
        int place = places.take();
        RoleLease lease = places.lease(place);
        try {
            long positionAt = BroadcastLayout.cursor(place, BroadcastLayout.POSITION);
            // C2 and C3, before C4. A death on the way leaves a place that the producer takes away.
            memory.setLong(positionAt, memory.getLongAcquire(geometry.laneAt(LaneLayout.TAIL)));
            lease.settle();
            // A producer that met us unsettled may wait for what it can compute now.
            WakeWord space = new WakeWord(memory, geometry.laneAt(LaneLayout.SPACE));
            space.wake();
            // It may also wait for just the room that our leaving gives it.
            ConsumerRole role = new ConsumerRole(memory, lease, () -> {}, space::wake);
            return new LaneConsumer(
                    memory,
                    role,
                    geometry.producer(memory),
                    delivery(memory, place, role),
                    BroadcastLayout.DATA,
                    strategy);
        } catch (CorruptRingException e) {
            lease.leave();
            throw e;
        }
    }

    @Override
    public List<WakeWord> wakeWords(RegionMemory memory) {
        return List.of(
                new WakeWord(memory, BroadcastLayout.DATA),
                geometry.lane(memory).space());
    }

    private Delivery delivery(RegionMemory memory, int place, ConsumerRole role) {
        if (geometry.lossy()) {
            return new LossyReader(memory, geometry, place, role);
        }
        long positionAt = BroadcastLayout.cursor(place, BroadcastLayout.POSITION);
        return new SingleLane(LaneReader.withHeadAt(positionAt, geometry.lane(memory), role));
    }
}
