package io.sluice.api.memory;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strict UTF-8: what is not well-formed is refused, in both directions, and nothing is replaced. Encoding goes straight
 * to shared memory, eight characters at a time where they are ASCII.
 */
final class Utf8 {

    private static final int BLOCK = Long.BYTES;
    private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    private static final char REPLACEMENT = '\ufffd';

    private Utf8() {}

    /** Bytes that {@code text} takes. */
    static int length(String text) {
        int chars = text.length();
        long bytes = chars;
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                bytes++;
                if (c >= 0x800) {
                    bytes++;
                    if (Character.isSurrogate(c)) {
                        checkPair(text, i);
                        // Four bytes for two chars, of which one each and the two above are counted.
                        i++;
                    }
                }
            }
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a text of " + chars + " chars takes " + bytes + " bytes as UTF-8");
        }
        return (int) bytes;
    }

    private static void checkPair(String text, int index) {
        if (Character.isLowSurrogate(text.charAt(index))
                || index + 1 == text.length()
                || !Character.isLowSurrogate(text.charAt(index + 1))) {
            throw new IllegalArgumentException("char " + Integer.toHexString(text.charAt(index)) + " at index " + index
                    + " of a text is half of a surrogate pair");
        }
    }

    /** Writes {@code text}, whose {@link #length} was taken and has room, at {@code offset}. */
    static void encode(String text, RegionMemory memory, long offset) {
        int chars = text.length();
        long to = offset;
        int i = 0;
        while (i < chars) {
            if (chars - i >= BLOCK) {
                long block = block(text, i);
                if (block >= 0) {
                    memory.writeLong(to, block);
                    i += BLOCK;
                    to += BLOCK;
                    continue;
                }
            }
            char c = text.charAt(i);
            if (c < 0x80) {
                memory.writeByte(to++, (byte) c);
            } else if (c < 0x800) {
                memory.writeByte(to++, (byte) (0xc0 | c >> 6));
                memory.writeByte(to++, tail(c));
            } else if (!Character.isSurrogate(c)) {
                memory.writeByte(to++, (byte) (0xe0 | c >> 12));
                memory.writeByte(to++, tail(c >> 6));
                memory.writeByte(to++, tail(c));
            } else {
                int point = Character.toCodePoint(c, text.charAt(++i));
                memory.writeByte(to++, (byte) (0xf0 | point >> 18));
                memory.writeByte(to++, tail(point >> 12));
                memory.writeByte(to++, tail(point >> 6));
                memory.writeByte(to++, tail(point));
            }
            i++;
        }
    }

    private static byte tail(int bits) {
        return (byte) (0x80 | (bits & 0x3f));
    }

    /** Eight chars as eight bytes in memory order; negative if one of them is not ASCII. */
    private static long block(String text, int from) {
        long block = 0;
        int all = 0;
        for (int k = BLOCK - 1; k >= 0; k--) {
            char c = text.charAt(from + k);
            all |= c;
            block = block << Byte.SIZE | (c & 0xff);
        }
        if (all >= 0x80) {
            return -1;
        }
        return LITTLE_ENDIAN ? block : Long.reverseBytes(block);
    }

    /** The text in the first {@code length} bytes. */
    static String decode(byte[] bytes, int length) {
        String text = new String(bytes, 0, length, StandardCharsets.UTF_8);
        // The constructor replaces what it does not understand; only then is it worth to look closer.
        if (text.indexOf(REPLACEMENT) >= 0) {
            decodeStrictly(bytes, length);
        }
        return text;
    }

    private static void decodeStrictly(byte[] bytes, int length) {
        ByteBuffer rest = ByteBuffer.wrap(bytes, 0, length);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(rest);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(
                    String.format("byte %02x at index %d is not UTF-8", bytes[rest.position()], rest.position()), e);
        }
    }
}
