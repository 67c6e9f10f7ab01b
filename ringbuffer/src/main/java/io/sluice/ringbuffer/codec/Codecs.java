package io.sluice.ringbuffer.codec;

import io.sluice.api.codec.Codec;
import java.util.function.Supplier;
import net.openhft.chronicle.bytes.BytesMarshallable;

/**
 * Ready-made codecs, none of which uses Java serialization. All but {@link #marshallable} write messages of type 0 that
 * are nothing but their contents, so that programs which use the ring directly understand them:
 *
 * <table>
 * <caption>Contents</caption>
 * <tr><td>{@link #bytes()}</td><td>the bytes</td></tr>
 * <tr><td>{@link #strings()}</td><td>UTF-8, without a length; half surrogate pairs are refused, not replaced</td></tr>
 * <tr><td>numbers and chars</td><td>their 1, 2, 4 or 8 bytes in the machine's order</td></tr>
 * <tr><td>{@link #booleans()}</td><td>one byte, 0 or 1</td></tr>
 * <tr><td>{@link #marshallable}</td><td>what the object writes</td></tr>
 * </table>
 *
 * <p>The boxed numbers are for queues. Who wants none uses the ring's own handles: {@code claim.setLong(0, value)} and
 * {@code message.getLong(0)} allocate nothing.
 *
 * <p>Any thread.
 */
public final class Codecs {

    private Codecs() {}

    /** Arrays of bytes; each decoded one is a new array. */
    public static Codec<byte[]> bytes() {
        return ByteArrayCodec.INSTANCE;
    }

    /** Texts as UTF-8. */
    public static Codec<String> strings() {
        return StringCodec.INSTANCE;
    }

    /** Truth values, one byte each. */
    public static Codec<Boolean> booleans() {
        return PrimitiveCodecs.BOOLEANS;
    }

    /** Bytes, one each. */
    public static Codec<Byte> int8s() {
        return PrimitiveCodecs.BYTES;
    }

    /** Shorts, two bytes each. */
    public static Codec<Short> shorts() {
        return PrimitiveCodecs.SHORTS;
    }

    /** Chars, two bytes each. */
    public static Codec<Character> chars() {
        return PrimitiveCodecs.CHARS;
    }

    /** Ints, four bytes each. */
    public static Codec<Integer> ints() {
        return PrimitiveCodecs.INTS;
    }

    /** Longs, eight bytes each. */
    public static Codec<Long> longs() {
        return PrimitiveCodecs.LONGS;
    }

    /** Floats, four bytes each. */
    public static Codec<Float> floats() {
        return PrimitiveCodecs.FLOATS;
    }

    /** Doubles, eight bytes each. */
    public static Codec<Double> doubles() {
        return PrimitiveCodecs.DOUBLES;
    }

    /**
     * Objects that read and write themselves by Chronicle's {@code readMarshallable} and {@code writeMarshallable}.
     * These work on the ring's bytes and cannot leave the message; a length that {@code readMarshallable} reads is for
     * it to check before it allocates by it. The defaults of {@code BytesMarshallable} use reflection, which works for
     * public classes with public fields, or with the JVM flags that Chronicle documents.
     *
     * @param factory makes an object to read into
     * @param longest most bytes that any of them writes; so much room is claimed for each
     */
    public static <E extends BytesMarshallable> Codec<E> marshallable(Supplier<E> factory, int longest) {
        return new MarshallableCodec<>(factory, longest);
    }
}
