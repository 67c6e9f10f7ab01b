package io.sluice.ringbuffer.worker;

import io.sluice.api.codec.Codec;
import io.sluice.api.ring.Message;
import java.util.Objects;

/**
 * What a {@link Worker} does with a message. Called by as many threads as the worker has, each with its own messages.
 */
@FunctionalInterface
public interface WorkerHandler {

    /**
     * Handles one message, which is acknowledged after this returned. An exception is answered by the worker's
     * {@link ErrorPolicy}; an {@link Error} ends the worker, with the message unacknowledged.
     *
     * @param message valid during this call
     */
    void handle(Message message) throws Exception;

    /** Handles what {@code codec} reads; what it cannot read is a failure like any other. */
    static <E> WorkerHandler of(Codec<E> codec, ElementHandler<? super E> handler) {
        Objects.requireNonNull(codec, "codec");
        Objects.requireNonNull(handler, "handler");
        return message -> {
            if (message.typeId() != codec.typeId()) {
                throw message.malformed("type " + codec.typeId(), "type " + message.typeId());
            }
            handler.handle(codec.decode(message));
        };
    }

    /**
     * What a worker does with an element.
     *
     * @param <E> the elements
     */
    @FunctionalInterface
    interface ElementHandler<E> {

        /** Handles one element; as {@link WorkerHandler#handle}. */
        void handle(E element) throws Exception;
    }
}
