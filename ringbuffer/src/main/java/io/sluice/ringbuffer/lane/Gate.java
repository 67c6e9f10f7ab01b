package io.sluice.ringbuffer.lane;

import io.sluice.api.ring.PeerState;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.Watchers;
import java.util.function.LongConsumer;

/**
 * The readers of a lane, as its producer sees them when it needs room: how far it may write, and whether anybody is
 * there who could give more back. Asked only when the room that was known is used up.
 */
public interface Gate {

    /**
     * The position in front of which every byte may be overwritten. What it returns is not trusted: the producer checks
     * that it is aligned and within one capacity behind {@code tail}.
     *
     * @param tail end of what the producer has written
     * @param wanted where the record that it has no room for would end
     */
    long freed(long tail, long wanted);

    /** Who is there to give room back; costs system calls. */
    PeerState readers();

    /** Names the processes whose death may give room back, some perhaps more than once or dead; perhaps 0. A few loads. */
    void forEachReader(LongConsumer token);

    /** See {@link SlicedWait.Obstacles#changes}. */
    default long readerChanges() {
        return -1;
    }

    /** See {@link Watchers}: whether a wake-up or a death tells of everything that may end a wait for room. */
    default boolean isAllTold() {
        return true;
    }

    /** An offer behind {@code tail} was refused: what to do before the readers are looked at again. */
    default void refused(long tail) {}
}
