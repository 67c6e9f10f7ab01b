package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.attach.AttachedRing;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneProducer;
import io.sluice.ringbuffer.role.Places;
import java.util.List;

/**
 * The roles of an MPMC ring.
 *
 * @param geometry of the ring
 * @param strategy how handles wait
 */
record MpmcRoles(MpmcGeometry geometry, WaitStrategy strategy)
        implements AttachedRing.Roles<LaneProducer, MpmcConsumer> {

    /**
     * {@inheritDoc}
     *
     * @throws RoleTakenException if live producers have all lanes
     * @throws io.sluice.api.ring.CorruptRingException if no lane is free but damaged ones
     */
    @Override
    public LaneProducer producer(RegionMemory memory) {
        Places producers = geometry.producers(memory);
        return producers.takeFor(lane -> {
            // Below this line nobody sees the lane's messages before they know that it is in use.
            new Lanes(memory, geometry).raise(lane);
            TakersGate gate = new TakersGate(memory, geometry, lane);
            LaneProducer producer = new LaneProducer(
                    geometry.lane(memory, lane), producers.lease(lane), gate, MpmcLayout.DATA, strategy);
            // full fence; pairs with Holders.changes: who looks at the lanes one by one looks again.
            memory.getAndAddLong(MpmcLayout.JOINS, 1);
            return producer;
        });
    }

    /**
     * {@inheritDoc}
     *
     * @throws RoleTakenException if live consumers have all places
     */
    @Override
    public MpmcConsumer consumer(RegionMemory memory) {
        return new MpmcConsumer(memory, geometry, strategy);
    }

    @Override
    public List<WakeWord> wakeWords(RegionMemory memory) {
        return Lane.wakeWords(
                new WakeWord(memory, MpmcLayout.DATA), geometry.maxProducers(), lane -> geometry.lane(memory, lane));
    }
}
