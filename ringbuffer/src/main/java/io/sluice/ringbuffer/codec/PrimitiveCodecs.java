package io.sluice.ringbuffer.codec;

import io.sluice.api.codec.Codec;
import io.sluice.api.memory.MemorySlice;
import io.sluice.api.ring.Message;

/** Boxed numbers, chars and truth values in as many bytes as they have. */
final class PrimitiveCodecs {

    static final Codec<Boolean> BOOLEANS = new FixedCodec<>(Byte.BYTES, "booleans") {
        @Override
        void put(Boolean element, MemorySlice target) {
            target.setByte(0, (byte) (element ? 1 : 0));
        }

        @Override
        Boolean get(Message message) {
            byte found = message.getByte(0);
            if (found != 0 && found != 1) {
                throw message.malformed("0 or 1", Byte.toString(found));
            }
            return found == 1;
        }
    };

    static final Codec<Byte> BYTES = new FixedCodec<>(Byte.BYTES, "int8s") {
        @Override
        void put(Byte element, MemorySlice target) {
            target.setByte(0, element);
        }

        @Override
        Byte get(Message message) {
            return message.getByte(0);
        }
    };

    static final Codec<Short> SHORTS = new FixedCodec<>(Short.BYTES, "shorts") {
        @Override
        void put(Short element, MemorySlice target) {
            target.setShort(0, element);
        }

        @Override
        Short get(Message message) {
            return message.getShort(0);
        }
    };

    static final Codec<Character> CHARS = new FixedCodec<>(Character.BYTES, "chars") {
        @Override
        void put(Character element, MemorySlice target) {
            target.setShort(0, (short) element.charValue());
        }

        @Override
        Character get(Message message) {
            return (char) message.getShort(0);
        }
    };

    static final Codec<Integer> INTS = new FixedCodec<>(Integer.BYTES, "ints") {
        @Override
        void put(Integer element, MemorySlice target) {
            target.setInt(0, element);
        }

        @Override
        Integer get(Message message) {
            return message.getInt(0);
        }
    };

    static final Codec<Long> LONGS = new FixedCodec<>(Long.BYTES, "longs") {
        @Override
        void put(Long element, MemorySlice target) {
            target.setLong(0, element);
        }

        @Override
        Long get(Message message) {
            return message.getLong(0);
        }
    };

    static final Codec<Float> FLOATS = new FixedCodec<>(Float.BYTES, "floats") {
        @Override
        void put(Float element, MemorySlice target) {
            target.setFloat(0, element);
        }

        @Override
        Float get(Message message) {
            return message.getFloat(0);
        }
    };

    static final Codec<Double> DOUBLES = new FixedCodec<>(Double.BYTES, "doubles") {
        @Override
        void put(Double element, MemorySlice target) {
            target.setDouble(0, element);
        }

        @Override
        Double get(Message message) {
            return message.getDouble(0);
        }
    };

    private PrimitiveCodecs() {}
}
