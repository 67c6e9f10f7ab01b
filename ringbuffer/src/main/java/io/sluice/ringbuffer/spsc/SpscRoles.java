package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.attach.AttachedRing;
import io.sluice.ringbuffer.lane.HeadGate;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneProducer;
import io.sluice.ringbuffer.lane.LaneReader;
import io.sluice.ringbuffer.lane.SingleLane;
import io.sluice.ringbuffer.role.ConsumerRole;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.List;

/**
 * The two roles of an SPSC ring.
 *
 * @param capacity bytes of the record area
 * @param checksummed whether each record has a checksum
 * @param strategy how handles wait
 */
record SpscRoles(long capacity, boolean checksummed, WaitStrategy strategy)
        implements AttachedRing.Roles<LaneProducer, LaneConsumer> {

    /**
     * {@inheritDoc}
     *
     * @throws RoleTakenException if a live process is the producer
     */
    @Override
    public LaneProducer producer(RegionMemory memory) {
        Lane lane = SpscLayout.lane(memory, capacity, checksummed);
        HeadGate gate = new HeadGate(lane, SpscLayout.consumer(memory));
        RoleLease lease = SpscLayout.producer(memory);
        lease.take();
        return new LaneProducer(lane, lease, gate, SpscLayout.DATA, strategy);
    }

    /**
     * {@inheritDoc}
     *
     * @throws RoleTakenException if a live process is the consumer
     */
    @Override
    public LaneConsumer consumer(RegionMemory memory) {
        RoleLease lease = SpscLayout.consumer(memory);
        lease.take();
        try {
            ConsumerRole role = new ConsumerRole(memory, lease);
            LaneReader lane = new LaneReader(SpscLayout.lane(memory, capacity, checksummed), role);
            return new LaneConsumer(
                    memory, role, SpscLayout.producer(memory), new SingleLane(lane), SpscLayout.DATA, strategy);
        } catch (CorruptRingException e) {
            lease.leave();
            throw e;
        }
    }

    @Override
    public List<WakeWord> wakeWords(RegionMemory memory) {
        return List.of(
                new WakeWord(memory, SpscLayout.DATA),
                SpscLayout.lane(memory, capacity, checksummed).space());
    }
}
