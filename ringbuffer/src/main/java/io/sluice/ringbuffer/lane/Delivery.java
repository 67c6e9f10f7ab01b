package io.sluice.ringbuffer.lane;

import io.sluice.api.ring.MessageHandler;

/**
 * Where a consumer's messages come from: one lane, or several in some order. Confined to the consumer's thread. Each
 * method may throw {@link io.sluice.api.ring.CorruptRingException}.
 */
public interface Delivery {

    /** Whether there is a message for {@link #drain}, for a poll: may leave the producers alone for a moment first. */
    boolean hasNext();

    /** Whether there is a message, after looking at every lane once more. */
    boolean look();

    /**
     * Handles up to {@code limit} messages; returns how many, or {@link io.sluice.api.ring.RingConsumer#LAPPED}.
     * Acknowledges now and then.
     */
    int drain(MessageHandler handler, int limit);

    /**
     * Shows up to {@code limit} messages, and keeps them; returns as {@link #drain}. What was shown first is also what the
     * next {@link #drain} handles first, unless it is overwritten or damaged until then.
     */
    int show(MessageHandler handler, int limit);

    /**
     * To be called where everything was delivered, before that is said.
     *
     * @throws io.sluice.api.ring.CorruptRingException if that is not so, because something damaged was passed over
     */
    default void checkWhole() {}

    /** Acknowledges everything that was handled. */
    void acknowledge();

    /** Bytes that are committed and not handled. */
    long backlogBytes();

    /** See {@link io.sluice.api.ring.RingConsumer#missedBytes}. */
    default long missedBytes() {
        return 0;
    }
}
