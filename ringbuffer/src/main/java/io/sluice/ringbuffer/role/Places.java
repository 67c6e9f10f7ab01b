package io.sluice.ringbuffer.role;

import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RoleTakenException;
import java.util.List;

/** The places that a ring has for one role, each a {@link RoleLease}. Any thread of any process. */
public final class Places {

    private final RoleLease[] leases;

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
        long holder = 0;
        for (int place = 0; place < leases.length; place++) {
            holder = leases[place].takeUnlessHeld();
            if (holder == 0) {
                return place;
            }
        }
        throw leases[leases.length - 1].taken(holder);
    }

    /**
     * Who has the first {@code used} places: LIVE if anybody lives, else CLOSED if one was closed, else DEAD if somebody
     * died there, else ABSENT. Costs system calls.
     */
    public PeerState state(int used) {
        return sum(used, true);
    }

    /** As {@link #state}, without a system call: who has a place is taken for live. */
    public PeerState glance(int used) {
        return sum(used, false);
    }

    private PeerState sum(int used, boolean probing) {
        PeerState sum = PeerState.ABSENT;
        for (int place = 0; place < used; place++) {
            PeerState state = probing ? leases[place].state() : leases[place].glance();
            if (state == PeerState.LIVE) {
                return state;
            }
            if (state == PeerState.CLOSED || (state == PeerState.DEAD && sum == PeerState.ABSENT)) {
                sum = state;
            }
        }
        return sum;
    }

    /** One for each place. */
    public List<RingReport.Party> parties() {
        return List.of(leases).stream().map(RoleLease::party).toList();
    }
}
