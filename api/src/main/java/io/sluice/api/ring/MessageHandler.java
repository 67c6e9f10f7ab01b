package io.sluice.api.ring;

/** What a consumer does with a message. */
@FunctionalInterface
public interface MessageHandler {

    /**
     * Handles one message. The message is acknowledged when this returns; if it throws, the message is not
     * acknowledged, the exception reaches the caller of the consumer, and the ring's documentation says when the
     * message comes again.
     *
     * @param message valid during this call
     */
    void onMessage(Message message);
}
