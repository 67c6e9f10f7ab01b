package io.sluice.ringbuffer.codec;

import io.sluice.api.codec.Codec;
import io.sluice.api.memory.MemorySlice;
import io.sluice.api.ring.Message;

/** Texts as UTF-8. */
enum StringCodec implements Codec<String> {
    INSTANCE;

    @Override
    public int maxLength(String element) {
        return MemorySlice.utf8Length(element);
    }

    @Override
    public int encode(String element, MemorySlice target) {
        return target.setUtf8(0, element);
    }

    @Override
    public String decode(Message message) {
        try {
            return message.getUtf8(0, message.length());
        } catch (IllegalArgumentException e) {
            throw message.malformed("UTF-8", e.getMessage(), e);
        }
    }

    @Override
    public String toString() {
        return "strings";
    }
}
