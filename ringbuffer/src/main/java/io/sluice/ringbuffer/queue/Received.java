package io.sluice.ringbuffer.queue;

import io.sluice.api.codec.Codec;
import io.sluice.api.ring.MalformedMessageException;
import io.sluice.api.ring.Message;

/**
 * What came out of a message: an element, or why there is none. A message that cannot be decoded must not stay first in
 * the queue for ever, so its exception is kept until the message was acknowledged. Under the end's lock.
 */
final class Received<E> {

    private final Codec<E> codec;
    private E element;
    private MalformedMessageException malformed;

    Received(Codec<E> codec) {
        this.codec = codec;
    }

    /**
     * The element in {@code message}.
     *
     * @throws MalformedMessageException whatever the codec found wrong
     */
    E read(Message message) {
        if (message.typeId() != codec.typeId()) {
            throw message.malformed("type " + codec.typeId(), "type " + message.typeId());
        }
        E decoded;
        try {
            decoded = codec.decode(message);
        } catch (MalformedMessageException e) {
            throw e;
        } catch (RuntimeException e) {
            throw message.malformed("what the codec " + codec + " reads", e.toString(), e);
        }
        if (decoded == null) {
            throw message.malformed("an element from the codec " + codec, "null");
        }
        return decoded;
    }

    /** Keeps what {@link #read} says for {@link #pick}. */
    void keep(Message message) {
        try {
            element = read(message);
        } catch (MalformedMessageException e) {
            malformed = e;
        }
    }

    /** Drops what was kept of a message that could not be acknowledged: it comes again, perhaps to somebody else. */
    void forget() {
        element = null;
        malformed = null;
    }

    /** The element that was kept, once; null if there is none. */
    E pick() {
        if (malformed != null) {
            MalformedMessageException thrown = malformed;
            malformed = null;
            throw thrown;
        }
        E picked = element;
        element = null;
        return picked;
    }
}
