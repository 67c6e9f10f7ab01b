package io.sluice.ringbuffer.codec;

import io.sluice.api.codec.Codec;
import io.sluice.api.memory.MemorySlice;
import io.sluice.api.ring.Message;

/** The bytes as they are: no message is malformed. */
enum ByteArrayCodec implements Codec<byte[]> {
    INSTANCE;

    @Override
    public int maxLength(byte[] element) {
        return element.length;
    }

    @Override
    public int encode(byte[] element, MemorySlice target) {
        target.setBytes(0, element, 0, element.length);
        return element.length;
    }

    @Override
    public byte[] decode(Message message) {
        return message.toByteArray();
    }

    @Override
    public String toString() {
        return "bytes";
    }
}
