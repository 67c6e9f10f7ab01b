package io.sluice.ringbuffer.mpsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.PeerState;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.lane.LaneReader;
import io.sluice.ringbuffer.role.ConsumerRole;
import io.sluice.ringbuffer.role.Places;
import java.util.Arrays;

/**
 * The lanes that a consumer has to look at: those that a producer holds or that have messages left. Lanes that nobody
 * uses cost nothing. Confined to the consumer's thread.
 *
 * <p>A lane that is not in the lineup can get a message only from a producer that joins, and who joins counts up JOINS
 * before its first message. So a consumer that looks at JOINS and finds it unchanged misses nothing:
 * <pre>
 *   producer                          consumer
 *   P1 take the lane's lease (CAS)    C1 look at JOINS
 *   P2 add to JOINS (full fence)      C2 changed: look at each lane's lease, then at its TAIL
 *   P3 publish
 * </pre>
 * Who sees a message of P3 sees P2, at the latest when it looks at JOINS again. If C2 does not see the
 * lease of P1, then C1 came before P2, so the next C1 finds JOINS changed. A producer killed between P1 and
 * P2 has published nothing.
 */
final class Lineup {

    private final RegionMemory memory;
    private final MpscGeometry geometry;
    private final ConsumerRole role;
    private final Places producers;
    private final LaneReader[] readers; // by lane; made when a lane is first used
    private final CorruptRingException[] damages; // by lane; null while it is whole
    private final LaneReader[] active;
    private final int[] laneOf; // by place in the lineup
    private int size;
    private int first; // place to begin with
    private long joinsSeen = -1;
    private boolean stale; // a lane was excluded that is still in the lineup

    Lineup(RegionMemory memory, MpscGeometry geometry, ConsumerRole role, Places producers) {
        this.memory = memory;
        this.geometry = geometry;
        this.role = role;
        this.producers = producers;
        this.readers = new LaneReader[geometry.lanes()];
        this.damages = new CorruptRingException[geometry.lanes()];
        this.active = new LaneReader[geometry.lanes()];
        this.laneOf = new int[geometry.lanes()];
    }

    /** How many lanes there are to look at. */
    int size() {
        return size;
    }

    /** One of them. */
    LaneReader lane(int place) {
        return active[place];
    }

    /** The place to begin with. */
    int first() {
        return first < size ? first : 0;
    }

    /** From now on {@code place} is to begin with. It is the lane there that counts, also when others come or go. */
    void setFirst(int place) {
        first = place;
    }

    /**
     * Looks whether producers joined since the last call; returns whether the lineup may have changed.
     *
     * @throws CorruptRingException if a lane's positions are impossible; that lane is passed over from now on
     */
    boolean refresh() {
        // acquire; pairs with MpscRoles.producer's addition: the leases of those who joined are visible.
        long joins = memory.getLongAcquire(MpscLayout.JOINS);
        if (joins == joinsSeen && !stale) {
            return false;
        }
        rebuild();
        joinsSeen = joins;
        return true;
    }

    /** As {@link #refresh}, but only if the lineup has a damaged lane. To be called before messages are delivered. */
    void dropDamaged() {
        if (stale) {
            rebuild();
        }
    }

    /**
     * Drops lanes that are drained and that nobody will write again unless it joins. Not while messages are delivered:
     * what was handled of a lane is acknowledged behind that, and places must keep their meaning.
     */
    private void rebuild() {
        int firstLane = first() < size ? laneOf[first()] : 0;
        stale = false;
        size = 0;
        first = 0;
        CorruptRingException news = null;
        for (int lane = 0; lane < readers.length; lane++) {
            try {
                if (damages[lane] == null && isWanted(lane)) {
                    active[size] = readers[lane];
                    laneOf[size] = lane;
                    size++;
                    // In the end, the place of that lane; if it is dropped, of the next.
                    first += lane < firstLane ? 1 : 0;
                }
            } catch (CorruptRingException e) {
                damages[lane] = e;
                news = e;
            }
        }
        Arrays.fill(active, size, active.length, null);
        if (news != null) {
            throw news;
        }
    }

    private boolean isWanted(int lane) {
        // The lease first: if nobody holds it, the TAIL that we see behind it is the last one.
        boolean held = producers.lease(lane).glance() == PeerState.LIVE;
        LaneReader reader = readers[lane];
        if (!held) {
            long head = reader == null ? memory.getLongAcquire(geometry.at(lane, LaneLayout.HEAD)) : reader.position();
            if (memory.getLongAcquire(geometry.at(lane, LaneLayout.TAIL)) == head) {
                return false;
            }
        }
        if (reader == null) {
            readers[lane] = new LaneReader(geometry.lane(memory, lane), role);
        }
        return true;
    }

    /**
     * Passes a damaged lane over from the next call on; {@code e} is thrown by the caller, and again only by
     * {@link #checkWhole}. The lane stays in the lineup until then, so that what was handled of it is acknowledged.
     */
    void exclude(int place, CorruptRingException e) {
        if (active[place].isDamaged(e)) {
            damages[laneOf[place]] = e;
            stale = true;
        }
    }

    /** Refuses to go on if a lane was passed over: there may be something in it that nobody gets. */
    void checkWhole() {
        for (CorruptRingException damage : damages) {
            if (damage != null) {
                throw damage;
            }
        }
    }

    /** Looks at every lane; whether one has a message. */
    boolean look() {
        boolean found = false;
        for (int place = 0; place < size; place++) {
            found |= look(place);
        }
        return found;
    }

    /** Looks at one lane. */
    boolean look(int place) {
        try {
            return active[place].look();
        } catch (CorruptRingException e) {
            exclude(place, e);
            throw e;
        }
    }

    /** Acknowledges what was handled of every lane. */
    void acknowledge() {
        for (int place = 0; place < size; place++) {
            active[place].acknowledge();
        }
    }

    /** Bytes that are committed and not handled. Leaves the lineup as it is: handlers may ask. */
    long backlogBytes() {
        long bytes = 0;
        for (int lane = 0; lane < readers.length; lane++) {
            if (damages[lane] == null) {
                bytes += backlogBytes(lane);
            }
        }
        return bytes;
    }

    private long backlogBytes(int lane) {
        LaneReader reader = readers[lane];
        // acquire, HEAD first: it never passes TAIL.
        long head = reader == null ? memory.getLongAcquire(geometry.at(lane, LaneLayout.HEAD)) : reader.position();
        long bytes = memory.getLongAcquire(geometry.at(lane, LaneLayout.TAIL)) - head;
        // Of a lane that cannot be, nothing is delivered.
        return Long.compareUnsigned(bytes, geometry.capacity()) > 0 ? 0 : bytes;
    }
}
