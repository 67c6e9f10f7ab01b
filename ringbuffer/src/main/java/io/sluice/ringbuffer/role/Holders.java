package io.sluice.ringbuffer.role;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.PeerState;
import java.util.function.IntSupplier;
import java.util.function.LongConsumer;

/**
 * The many who have a role, as a whole: LIVE if one of them lives, else DEAD if one died and nobody took its place
 * over, else CLOSED if one closed, else ABSENT.
 *
 * <p>The places are looked at one after the other. So that nobody is overlooked who took a place behind the look,
 * while somebody else left one in front of it, an answer other than LIVE counts only if nobody joined meanwhile.
 * Then no place was held when the last one was looked at, and the positions seen later are the last ones of all
 * that had joined.
 */
public final class Holders implements Presence {

    private final RegionMemory memory;
    private final Places places;
    private final IntSupplier count;
    private final long joinsAt;

    /**
     * Who has {@code places}.
     *
     * @param count says how many of the places were ever used
     * @param joinsAt offset of a long that is added to by whoever has taken a place, before it does anything else
     */
    public Holders(RegionMemory memory, Places places, IntSupplier count, long joinsAt) {
        this.memory = memory;
        this.places = places;
        this.count = count;
        this.joinsAt = joinsAt;
    }

    @Override
    public PeerState glance() {
        while (true) {
            long joins = changes();
            PeerState state = places.glance(count.getAsInt());
            if (state == PeerState.LIVE || changes() == joins) {
                return state;
            }
        }
    }

    @Override
    public PeerState state() {
        while (true) {
            long joins = changes();
            PeerState state = places.state(count.getAsInt());
            if (state == PeerState.LIVE || changes() == joins) {
                return state;
            }
        }
    }

    @Override
    public void forEachHolder(LongConsumer token) {
        places.forEachHolder(count.getAsInt(), token);
    }

    @Override
    public long changes() {
        // acquire; pairs with the addition of who joins.
        return memory.getLongAcquire(joinsAt);
    }
}
