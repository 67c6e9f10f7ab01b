package io.sluice.ringbuffer.role;

import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RoleTakenException;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.LongConsumer;

/** The places that a ring has for one role, each a {@link RoleLease}. Any thread of any process. */
public final class Places {

    private final RoleLease[] leases;
    private int witness; // a place where somebody live was found last; only a hint, so races do no harm

    /** These places, at least one. */
    public Places(List<RoleLease> leases) {
        this.leases = leases.toArray(RoleLease[]::new);
    }

    /** The lease of a place. */
    public RoleLease lease(int place) {
        return leases[place];
    }

    /**
     * Takes the first place that no live process has.
     *
     * @return its number
     * @throws RoleTakenException if live processes have them all
     */
    public int take() {
        return take(0);
    }

    /**
     * Takes the first place that no live process has, and that {@code make} finds nothing wrong with.
     *
     * @param make makes a handle of the place with this number, or leaves it again and throws
     *     {@link CorruptRingException}
     * @throws RoleTakenException if live processes have them all
     * @throws CorruptRingException if none is free but damaged ones
     */
    public <H> H takeFor(IntFunction<H> make) {
        CorruptRingException damage = null;
        int place = -1;
        while (true) {
            try {
                place = take(place + 1);
            } catch (RoleTakenException e) {
                throw damage == null ? e : damage;
            }
            try {
                return make.apply(place);
            } catch (CorruptRingException e) {
                damage = e;
            }
        }
    }

    /** As {@link #take()}, of the places from {@code first} up. */
    private int take(int first) {
        for (int place = first; place < leases.length; place++) {
            if (leases[place].takeUnlessHeld() == 0) {
                return place;
            }
        }
        throw leases[0].everyPlaceTaken(leases.length);
    }

    /**
     * Who has the first {@code used} places: LIVE if anybody lives, else DEAD if somebody died there, else CLOSED if
     * one was closed, else ABSENT. Costs system calls. A death counts for more than a close, because only who looks for
     * deaths learns of it.
     */
    public PeerState state(int used) {
        return sum(used, true);
    }

    /** As {@link #state}, without a system call: who has a place is taken for live. */
    public PeerState glance(int used) {
        return sum(used, false);
    }

    private PeerState sum(int used, boolean probing) {
        int hint = witness;
        if (hint < used && look(hint, probing) == PeerState.LIVE) {
            return PeerState.LIVE;
        }
        PeerState sum = PeerState.ABSENT;
        for (int place = 0; place < used; place++) {
            PeerState state = look(place, probing);
            if (state == PeerState.LIVE) {
                witness = place;
                return state;
            }
            if (state == PeerState.DEAD || (state == PeerState.CLOSED && sum == PeerState.ABSENT)) {
                sum = state;
            }
        }
        return sum;
    }

    private PeerState look(int place, boolean probing) {
        return probing ? leases[place].state() : leases[place].glance();
    }

    /** Names the processes that have the first {@code used} places, dead or alive. */
    public void forEachHolder(int used, LongConsumer token) {
        for (int place = 0; place < used; place++) {
            leases[place].forEachHolder(token);
        }
    }

    /** One for each place. */
    public List<RingReport.Party> parties() {
        return List.of(leases).stream().map(RoleLease::party).toList();
    }
}
