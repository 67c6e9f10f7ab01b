package io.sluice.ringbuffer.mpsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.attach.AttachedRing;
import io.sluice.ringbuffer.lane.Delivery;
import io.sluice.ringbuffer.lane.HeadGate;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneConsumer;
import io.sluice.ringbuffer.lane.LaneProducer;
import io.sluice.ringbuffer.lane.Tickets;
import io.sluice.ringbuffer.role.ConsumerRole;
import io.sluice.ringbuffer.role.Holders;
import io.sluice.ringbuffer.role.Places;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.List;

/**
 * The roles of an MPSC ring. Each producer has a lane of its own, so producers never meet, and one that is paused or
 * dead in the middle of a claim keeps nobody else's messages back.
 *
 * <p>The consumer answers CLOSED when everything was delivered, nobody holds a lane, and of the lanes' last producers
 * one or more closed; EMPTY if they all left without closing. It answers PEER_DEAD when everything was delivered,
 * nobody lives who holds a lane, and somebody died who did, until another producer has that lane.
 *
 * <p>A lane that is damaged is named by a {@link CorruptRingException} once to each consumer, and passed over by it
 * from then on; the other lanes go on. At the end of the stream it is named again, by each call, instead of CLOSED or
 * PEER_DEAD: an end would say that everything was delivered.
 *
 * @param geometry of the ring
 * @param strategy how handles wait
 */
record MpscRoles(MpscGeometry geometry, WaitStrategy strategy)
        implements AttachedRing.Roles<LaneProducer, LaneConsumer> {

    /**
     * {@inheritDoc}
     *
     * @throws RoleTakenException if live producers have all lanes
     * @throws CorruptRingException if no lane is free but damaged ones
     */
    @Override
    public LaneProducer producer(RegionMemory memory) {
        Places places = geometry.producers(memory);
        return places.takeFor(place -> {
            LaneProducer producer = producer(memory, place, places.lease(place));
            // full fence; pairs with Lineup.refresh and Holders.changes: before anything that we publish, the consumer
            // can know that this lane is in use.
            // A death above this line leaves a dead holder of a lane without messages.
            memory.getAndAddLong(MpscLayout.JOINS, 1);
            return producer;
        });
    }

    private LaneProducer producer(RegionMemory memory, int place, RoleLease lease) {
        Lane lane = geometry.lane(memory, place);
        HeadGate gate = new HeadGate(lane, geometry.consumer(memory));
        Tickets tickets = lane.format().ticketed() ? new Tickets(lane, MpscLayout.TICKETS) : null;
        return new LaneProducer(lane, lease, gate, MpscLayout.DATA, tickets, strategy);
    }

    /**
     * {@inheritDoc}
     *
     * @throws RoleTakenException if a live process is the consumer
     */
    @Override
    public LaneConsumer consumer(RegionMemory memory) {
        RoleLease lease = geometry.consumer(memory);
        lease.take();
        ConsumerRole role = new ConsumerRole(memory, lease);
        Places places = geometry.producers(memory);
        Lineup lanes = new Lineup(memory, geometry, role, places);
        Delivery delivery = geometry.format().ticketed()
                ? new TicketOrder(lanes, role, geometry.lanes())
                : new RoundRobin(lanes, role);
        Holders producers = new Holders(memory, places, geometry::lanes, MpscLayout.JOINS);
        return new LaneConsumer(memory, role, producers, delivery, MpscLayout.DATA, strategy);
    }

    @Override
    public List<WakeWord> wakeWords(RegionMemory memory) {
        return Lane.wakeWords(
                new WakeWord(memory, MpscLayout.DATA), geometry.lanes(), lane -> geometry.lane(memory, lane));
    }
}
