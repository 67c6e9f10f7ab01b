package io.sluice.stress.jcstress;

import io.sluice.api.memory.MemorySlice;
import java.util.Arrays;

/** Messages that say whether they are whole: every byte of number n is n. */
public final class Payload {

    /** What is read of a message whose bytes differ. */
    public static final int TORN = -9;

    private Payload() {}

    /** The bytes of message {@code number}. */
    public static byte[] of(int number, int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) number);
        return bytes;
    }

    /** The number of a message; {@link #TORN} if it is not whole or not {@code length} bytes long. */
    public static int numberIn(MemorySlice message, int length) {
        if (message.length() != length || length == 0) {
            return TORN;
        }
        int number = message.getByte(0);
        long word = 0x0101_0101_0101_0101L * number;
        int index = 0;
        for (; index <= length - Long.BYTES; index += Long.BYTES) {
            if (message.getLong(index) != word) {
                return TORN;
            }
        }
        for (; index < length; index++) {
            if (message.getByte(index) != number) {
                return TORN;
            }
        }
        return number;
    }
}
