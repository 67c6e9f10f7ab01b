package io.sluice.ringbuffer.codec;

import io.sluice.api.codec.Codec;
import io.sluice.api.memory.MemorySlice;
import io.sluice.api.ring.Message;
import java.nio.BufferOverflowException;
import java.util.Objects;
import java.util.function.Supplier;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesMarshallable;

/** Objects that write themselves straight into a claim and read themselves out of a message. */
final class MarshallableCodec<E extends BytesMarshallable> implements Codec<E> {

    private final Supplier<E> factory;
    private final int longest;

    MarshallableCodec(Supplier<E> factory, int longest) {
        if (longest < 0) {
            throw new IllegalArgumentException("longest marshallable of " + longest + " bytes");
        }
        this.factory = Objects.requireNonNull(factory, "factory");
        this.longest = longest;
    }

    @Override
    public int maxLength(E element) {
        return longest;
    }

    @Override
    public int encode(E element, MemorySlice target) {
        Bytes<?> bytes = target.bytesToWrite();
        try {
            element.writeMarshallable(bytes);
        } catch (BufferOverflowException e) {
            throw new IllegalArgumentException(
                    element.getClass().getName() + " writes more than the " + target.length() + " bytes claimed", e);
        }
        return (int) bytes.writePosition();
    }

    @Override
    public E decode(Message message) {
        E element = factory.get();
        Bytes<?> bytes = message.bytesToRead();
        try {
            element.readMarshallable(bytes);
        } catch (RuntimeException e) {
            throw message.malformed("a " + element.getClass().getName(), message.length() + " bytes, " + e, e);
        }
        if (bytes.readRemaining() != 0) {
            throw message.malformed(
                    "a " + element.getClass().getName() + " of " + bytes.readPosition() + " bytes",
                    message.length() + " bytes");
        }
        return element;
    }

    @Override
    public String toString() {
        return "marshallable";
    }
}
