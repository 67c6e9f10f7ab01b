package io.sluice.ringbuffer.role;

import io.sluice.api.ring.PeerState;

/** Who has a role of a ring, be it one process or many. */
public interface Presence {

    /** Who has it; a holder is taken for live. A few loads. */
    PeerState glance();

    /** Who has it; costs a system call for each holder that has to be proved dead or alive. */
    PeerState state();
}
