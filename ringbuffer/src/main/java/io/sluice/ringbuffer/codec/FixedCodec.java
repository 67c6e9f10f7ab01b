package io.sluice.ringbuffer.codec;

import io.sluice.api.codec.Codec;
import io.sluice.api.memory.MemorySlice;
import io.sluice.api.ring.Message;

/** Elements that all take the same number of bytes. */
abstract class FixedCodec<E> implements Codec<E> {

    private final int bytes;
    private final String name;

    FixedCodec(int bytes, String name) {
        this.bytes = bytes;
        this.name = name;
    }

    abstract void put(E element, MemorySlice target);

    abstract E get(Message message);

    @Override
    public final int maxLength(E element) {
        return bytes;
    }

    @Override
    public final int encode(E element, MemorySlice target) {
        put(element, target);
        return bytes;
    }

    @Override
    public final E decode(Message message) {
        if (message.length() != bytes) {
            throw message.malformed(bytes + (bytes == 1 ? " byte" : " bytes"), message.length() + " bytes");
        }
        return get(message);
    }

    @Override
    public final String toString() {
        return name;
    }
}
