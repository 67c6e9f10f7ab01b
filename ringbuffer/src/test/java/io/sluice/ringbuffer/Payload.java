package io.sluice.ringbuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.memory.MemorySlice;
import io.sluice.api.ring.Message;

/** Contents of test messages, computed from a number, so that any byte out of place shows. */
public final class Payload {

    private Payload() {}

    /** {@code length} bytes that belong to {@code number}. */
    public static byte[] of(long number, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = byteAt(number, i);
        }
        return bytes;
    }

    private static byte byteAt(long number, int index) {
        long mixed = (number * 0x9e3779b97f4a7c15L) + (index * 0xc2b2ae3d27d4eb4fL);
        return (byte) (mixed >>> 56 ^ mixed >>> 32);
    }

    /** Writes the bytes of {@code number} into the whole of {@code slice}. */
    public static void fill(MemorySlice slice, long number) {
        for (int i = 0; i < slice.length(); i++) {
            slice.setByte(i, byteAt(number, i));
        }
    }

    /** Checks that a message consists of {@code length} bytes of {@code number}. */
    public static void check(Message message, long number, int length) {
        assertEquals(length, message.length(), () -> "length of message " + number + " at " + message.position());
        byte[] found = message.toByteArray();
        for (int i = 0; i < length; i++) {
            if (found[i] != byteAt(number, i)) {
                int index = i;
                assertEquals(
                        byteAt(number, i),
                        found[i],
                        () -> "byte " + index + " of message " + number + " at " + message.position());
            }
        }
    }
}
