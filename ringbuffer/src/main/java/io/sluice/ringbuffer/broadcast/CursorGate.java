package io.sluice.ringbuffer.broadcast;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.PeerState;
import io.sluice.ringbuffer.lane.Gate;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.record.Records;
import io.sluice.ringbuffer.role.RoleLease;
import java.util.function.LongConsumer;

/**
 * The slowest live consumer of a broadcast ring, which its producer waits for. Confined to the producer's thread.
 *
 * <p>A consumer joins while the producer computes how far it may write, and neither waits for the other:
 * <pre>
 *   producer                                consumer
 *   P1 store TAIL (T)                       C1 CAS: lease taken, not settled
 *   P2 full fence                           C2 load TAIL (p)
 *   P3 load each lease                      C3 store POSITION = p
 *   P4 write no further than                C4 CAS: settled
 *      min(T, POSITIONs) + capacity
 * </pre>
 * If P3 does not see C1, then C2 sees P1: p is T or more, so the consumer starts behind everything that P4 may
 * overwrite. If P3 sees C1 and not C4, P4 writes no further than it might before. That was computed when C1 was not
 * there, so p is not below it either; or when another consumer of this place was. If P3 sees C4, it sees POSITION.
 *
 * <p>T is what was <em>published</em>: what is only staged might be published behind C2, and the consumer would have
 * to read it.
 *
 * <p>A consumer that is paused keeps the producer waiting, also in the middle of joining. One that is dead does not:
 * its place is taken away from it when the producer waits. It is no consumer any more then, and gets nothing again.
 */
final class CursorGate implements Gate {

    private final RegionMemory memory;
    private final Lane lane;
    private final long tailAt;
    private final long capacity;
    private final RoleLease[] leases;
    private final long[] positionsAt;
    private long freed; // as computed last

    CursorGate(RegionMemory memory, BroadcastGeometry geometry) {
        this.memory = memory;
        this.lane = geometry.lane(memory);
        this.tailAt = geometry.laneAt(LaneLayout.TAIL);
        this.capacity = geometry.capacity();
        this.leases = new RoleLease[geometry.places()];
        this.positionsAt = new long[geometry.places()];
        for (int place = 0; place < leases.length; place++) {
            leases[place] = geometry.consumer(memory, place);
            positionsAt[place] = BroadcastLayout.cursor(place, BroadcastLayout.POSITION);
        }
        // Not known yet: as if nothing at all were free. The predecessor's limit was not below that.
        this.freed = memory.getLong(tailAt) - capacity;
    }

    @Override
    public long freed(long tail, long wanted) {
        // Our own word: nobody else stores it.
        long published = memory.getLong(tailAt);
        // P2; pairs with the CAS of RoleLease.take, by which a consumer joins.
        memory.fullFence();
        long slowest = published;
        for (int place = 0; place < leases.length; place++) {
            long word = leases[place].word();
            if (RoleLease.isSettled(word)) {
                // acquire; pairs with LaneReader.storeHead: what we overwrite has been read.
                long position = memory.getLongAcquire(positionsAt[place]);
                check(place, position, published);
                if (published - position > published - slowest) {
                    slowest = position;
                }
            } else if (RoleLease.isHeld(word)) {
                return freed;
            }
        }
        freed = slowest;
        return slowest;
    }

    private void check(int place, long position, long published) {
        long behind = published - position;
        if (Long.compareUnsigned(behind, capacity) > 0 || (behind & (Records.ALIGNMENT - 1)) != 0) {
            throw lane.corrupt(
                    "POSITION of consumer " + place,
                    position,
                    "a multiple of 8 from " + (published - capacity) + " to " + published,
                    Long.toString(position));
        }
    }

    @Override
    public void forEachReader(LongConsumer token) {
        for (RoleLease lease : leases) {
            lease.forEachHolder(token);
        }
    }

    /** Takes their places away from the dead. DEAD only if nobody is left. */
    @Override
    public PeerState readers() {
        PeerState state = PeerState.ABSENT;
        for (RoleLease lease : leases) {
            long word = lease.word();
            if (!RoleLease.isHeld(word)) {
                continue;
            }
            // A death in the middle leaves it to the next who looks.
            if (!lease.vacateIfDead(word)) {
                state = PeerState.LIVE;
            } else if (state == PeerState.ABSENT) {
                state = PeerState.DEAD;
            }
        }
        return state;
    }
}
