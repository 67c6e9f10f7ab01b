package io.sluice.ringbuffer.mpsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.PeerState;
import io.sluice.ringbuffer.role.Places;
import io.sluice.ringbuffer.role.Presence;

/**
 * The producers of an MPSC ring as a whole: LIVE if one of them lives, else DEAD if one died and nobody took its lane over,
 * else CLOSED if one closed, else ABSENT.
 *
 * <p>The lanes are looked at one after the other. So that nobody is overlooked who joined a lane behind the look, while
 * somebody else left one in front of it, an answer other than LIVE counts only if nobody joined meanwhile. Then no lane was
 * held when the last one was looked at, and what TAILs are seen later are the last ones of all that had joined.
 */
final class LaneHolders implements Presence {

    private final RegionMemory memory;
    private final Places places;
    private final int count;

    LaneHolders(RegionMemory memory, Places places, int count) {
        this.memory = memory;
        this.places = places;
        this.count = count;
    }

    @Override
    public PeerState glance() {
        while (true) {
            long joins = joins();
            PeerState state = places.glance(count);
            if (state == PeerState.LIVE || joins() == joins) {
                return state;
            }
        }
    }

    @Override
    public PeerState state() {
        while (true) {
            long joins = joins();
            PeerState state = places.state(count);
            if (state == PeerState.LIVE || joins() == joins) {
                return state;
            }
        }
    }

    private long joins() {
        // acquire; pairs with MpscRoles.producer's addition.
        return memory.getLongAcquire(MpscLayout.JOINS);
    }
}
