package io.sluice.ringbuffer.broadcast;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.PeerState;
import io.sluice.ringbuffer.lane.Gate;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneLayout;
import io.sluice.ringbuffer.role.Places;
import java.util.function.LongConsumer;

/**
 * What keeps the producer of a lossy broadcast ring from writing: nothing. It says in GONE how far it may overwrite
 * before it does, an eighth of the capacity ahead, so that consumers find out whether what they copied was whole.
 * Confined to the producer's thread.
 *
 * <p>It is a sequence lock (Lameter 2005) over the whole ring whose sequence is a position:
 * <pre>
 *   producer                                consumer
 *   P1 store GONE = g                       C1 load TAIL, acquire
 *   P2 full fence                           C2 copy from position p on, in front of TAIL
 *   P3 write up to g + capacity             C3 full fence
 *   P4 store TAIL, release                  C4 load GONE: above p, the copy is void
 * </pre>
 * If C2 reads a byte that P3 wrote over position x, then C4 sees a GONE above x. So a copy that starts at GONE or
 * behind it is what was published.
 *
 * <p>A consumer that finds its position in front of GONE goes on where a record is known to start: at OLDER, what was
 * TAIL an eighth of the capacity or two ago, or at NEWER, a younger one. Anything that was ever TAIL is a start,
 * whoever produces by then.
 *
 * <p>GONE is never above what is published: a record is not overwritten before it could be seen.
 *
 * <p>A death anywhere leaves GONE where it is or was; the successor goes on from there.
 */
final class OverwriteGate implements Gate {

    private static final int AHEAD = 8; // GONE is ahead by the capacity divided by this

    private final RegionMemory memory;
    private final Places consumers;
    private final int places;
    private final long capacity;
    private final long tailAt;
    private final long goneAt;
    private final long olderAt;
    private final long newerAt;
    private long gone;
    private long newer;
    private long limit; // how far the producer may write before it asks again

    /** @throws io.sluice.api.ring.CorruptRingException if the predecessor cannot have left it like that */
    OverwriteGate(RegionMemory memory, BroadcastGeometry geometry) {
        this.memory = memory;
        this.consumers = geometry.consumers(memory);
        this.places = geometry.places();
        this.capacity = geometry.capacity();
        this.tailAt = geometry.laneAt(LaneLayout.TAIL);
        this.goneAt = geometry.laneAt(BroadcastLayout.GONE);
        this.olderAt = geometry.laneAt(BroadcastLayout.OLDER);
        this.newerAt = geometry.laneAt(BroadcastLayout.NEWER);
        // Behind the acquire of the lease, whose CAS or whose holder's death is behind the predecessor's stores.
        this.gone = memory.getLong(goneAt);
        this.newer = memory.getLong(newerAt);
        long tail = memory.getLong(tailAt);
        this.limit = tail;
        Lane lane = geometry.lane(memory);
        if (gone < 0 || Long.compareUnsigned(tail - gone, capacity) > 0 || (gone & 7) != 0) {
            throw lane.corrupt(
                    "GONE",
                    gone,
                    "a multiple of 8 from " + (tail - capacity) + " to TAIL " + tail,
                    Long.toString(gone));
        }
        if (newer < 0 || newer > tail || (newer & 7) != 0) {
            throw lane.corrupt("NEWER", newer, "a multiple of 8 from 0 to TAIL " + tail, Long.toString(newer));
        }
    }

    @Override
    public long freed(long tail, long wanted) {
        if (wanted <= tail) {
            return gone;
        }
        if (wanted > limit) {
            announce(tail, wanted);
        }
        return limit - capacity;
    }

    private void announce(long tail, long wanted) {
        // Our own word: nobody else stores it.
        long published = memory.getLong(tailAt);
        long next = Math.min(published + capacity, Math.max(wanted, tail + capacity / AHEAD));
        if (next <= limit) {
            // A whole ring is staged. The offer is refused, which publishes it.
            return;
        }
        limit = next;
        memory.setLong(olderAt, newer);
        memory.setLong(newerAt, published);
        newer = published;
        if (next - capacity <= gone) {
            return;
        }
        gone = next - capacity;
        // P1. release; pairs with LossyReader.resume's acquire: who sees GONE sees places to go on that are not below.
        memory.setLongRelease(goneAt, gone);
        // P2; pairs with LossyReader.copy's fence.
        // A death below this line has a slow consumer miss what was not overwritten.
        memory.fullFence();
    }

    @Override
    public PeerState readers() {
        return consumers.state(places);
    }

    @Override
    public void forEachReader(LongConsumer token) {
        consumers.forEachHolder(places, token);
    }
}
