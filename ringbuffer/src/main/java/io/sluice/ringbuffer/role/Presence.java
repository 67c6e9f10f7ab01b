package io.sluice.ringbuffer.role;

import io.sluice.api.ring.PeerState;
import java.util.function.LongConsumer;

/** Who has a role of a ring, be it one process or many. */
public interface Presence {

    /** Who has it; a holder is taken for live. A few loads. */
    PeerState glance();

    /** Who has it; costs a system call for each holder that has to be proved dead or alive. */
    PeerState state();

    /** Names the process of each holder, dead or alive; perhaps 0. A few loads. */
    void forEachHolder(LongConsumer token);

    /** A number that is another one soon after somebody new is named, below 0 if there is none. A load. */
    default long changes() {
        return -1;
    }
}
