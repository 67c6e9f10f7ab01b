package io.sluice.api.region;

import io.sluice.api.memory.RegionMemory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * The part of a region's header that never changes, as a value: written before the region has a name, checked by
 * everybody who opens it. Bytes from a file are not trusted: every field is checked before another one is believed.
 */
record RegionHeader(
        String kind,
        long size,
        List<Long> geometry,
        long options,
        long participantsId,
        long creatorToken,
        long creatorPid,
        long createdMillis,
        String creatorUser,
        String creatorCommand) {

    /** The header's bytes with their checksum. */
    byte[] toBytes() {
        byte[] bytes = new byte[RegionHeaderLayout.IMMUTABLE_BYTES];
        ByteBuffer image = ByteBuffer.wrap(bytes);
        image.order(ByteOrder.BIG_ENDIAN).putLong((int) RegionHeaderLayout.MAGIC, RegionHeaderLayout.MAGIC_VALUE);
        image.order(ByteOrder.nativeOrder());
        image.putInt((int) RegionHeaderLayout.LAYOUT_VERSION, RegionHeaderLayout.LAYOUT_VERSION_VALUE);
        image.putInt((int) RegionHeaderLayout.BYTE_ORDER, RegionHeaderLayout.BYTE_ORDER_VALUE);
        image.putLong((int) RegionHeaderLayout.SIZE, size);
        image.putLong((int) RegionHeaderLayout.PARTICIPANTS_ID, participantsId);
        image.putLong((int) RegionHeaderLayout.CREATOR_TOKEN, creatorToken);
        image.putLong((int) RegionHeaderLayout.CREATOR_PID, creatorPid);
        image.putLong((int) RegionHeaderLayout.CREATED_MILLIS, createdMillis);
        image.putLong((int) RegionHeaderLayout.OPTIONS, options);
        for (int i = 0; i < geometry.size(); i++) {
            image.putLong((int) RegionHeaderLayout.GEOMETRY + i * Long.BYTES, geometry.get(i));
        }
        image.put((int) RegionHeaderLayout.KIND, Texts.padded(kind, RegionHeaderLayout.KIND_BYTES));
        image.put(
                (int) RegionHeaderLayout.CREATOR_USER,
                Texts.padded(creatorUser, RegionHeaderLayout.CREATOR_USER_BYTES));
        image.put(
                (int) RegionHeaderLayout.CREATOR_COMMAND,
                Texts.padded(creatorCommand, RegionHeaderLayout.CREATOR_COMMAND_BYTES));
        image.putInt((int) RegionHeaderLayout.HEADER_CRC, checksum(bytes));
        return bytes;
    }

    /** Writes it into the memory of a region that has no name yet, and that the region is in use. */
    void writeTo(RegionMemory memory) {
        byte[] bytes = toBytes();
        memory.copyIn(0, bytes, 0, bytes.length);
        // release; pairs with LifeState's acquire: who finds the region in use finds its header whole. Processes that
        // come by the name are ordered by the kernel besides. A death above or below leaves a file without a name.
        memory.setLongRelease(RegionHeaderLayout.STATE, RegionHeaderLayout.STATE_LIVE);
    }

    /**
     * Checks and reads a header.
     *
     * @param file what exceptions name
     * @param bytes the first bytes of the file, at least {@link RegionHeaderLayout#IMMUTABLE_BYTES}
     * @param fileSize bytes of the whole file
     */
    static RegionHeader parse(Path file, byte[] bytes, long fileSize) {
        ByteBuffer image = ByteBuffer.wrap(bytes);
        long magic = image.order(ByteOrder.BIG_ENDIAN).getLong((int) RegionHeaderLayout.MAGIC);
        expect(file, "magic", RegionHeaderLayout.MAGIC_VALUE, magic);
        image.order(ByteOrder.nativeOrder());
        expect(file, "byte order", RegionHeaderLayout.BYTE_ORDER_VALUE, image.getInt((int)
                RegionHeaderLayout.BYTE_ORDER));
        int version = image.getInt((int) RegionHeaderLayout.LAYOUT_VERSION);
        if (version != RegionHeaderLayout.LAYOUT_VERSION_VALUE) {
            throw new RegionFormatException(file, "layout version", RegionHeaderLayout.LAYOUT_VERSION_VALUE, version);
        }
        expect(file, "header CRC", checksum(bytes), image.getInt((int) RegionHeaderLayout.HEADER_CRC));
        long size = image.getLong((int) RegionHeaderLayout.SIZE);
        if (size != fileSize) {
            throw new RegionFormatException(file, "file size", size + " bytes", fileSize + " bytes");
        }
        List<Long> geometry = new ArrayList<>();
        for (int i = 0; i < RegionHeaderLayout.GEOMETRY_LONGS; i++) {
            geometry.add(image.getLong((int) RegionHeaderLayout.GEOMETRY + i * Long.BYTES));
        }
        return new RegionHeader(
                Texts.read(bytes, (int) RegionHeaderLayout.KIND, RegionHeaderLayout.KIND_BYTES),
                size,
                List.copyOf(geometry),
                image.getLong((int) RegionHeaderLayout.OPTIONS),
                image.getLong((int) RegionHeaderLayout.PARTICIPANTS_ID),
                image.getLong((int) RegionHeaderLayout.CREATOR_TOKEN),
                image.getLong((int) RegionHeaderLayout.CREATOR_PID),
                image.getLong((int) RegionHeaderLayout.CREATED_MILLIS),
                Texts.read(bytes, (int) RegionHeaderLayout.CREATOR_USER, RegionHeaderLayout.CREATOR_USER_BYTES),
                Texts.read(bytes, (int) RegionHeaderLayout.CREATOR_COMMAND, RegionHeaderLayout.CREATOR_COMMAND_BYTES));
    }

    boolean isDestroyedOnLastDetach() {
        return (options & RegionHeaderLayout.OPTION_DESTROY_ON_LAST_DETACH) != 0;
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, (int) RegionHeaderLayout.HEADER_CRC);
        int rest = (int) RegionHeaderLayout.SIZE;
        crc.update(bytes, rest, RegionHeaderLayout.IMMUTABLE_BYTES - rest);
        return (int) crc.getValue();
    }

    private static void expect(Path file, String field, long expected, long found) {
        if (expected != found) {
            throw new RegionFormatException(
                    file, field, "0x" + Long.toHexString(expected), "0x" + Long.toHexString(found));
        }
    }

    /** Texts of a fixed number of bytes. */
    static final class Texts {

        private Texts() {}

        /** {@code text} in UTF-8, cut or zero-padded to {@code bytes}, the last of which is zero. */
        static byte[] padded(String text, int bytes) {
            byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
            byte[] padded = new byte[bytes];
            System.arraycopy(encoded, 0, padded, 0, Math.min(encoded.length, bytes - 1));
            return padded;
        }

        /** The text in {@code bytes} bytes, with everything unprintable replaced: it may reach a terminal. */
        static String read(byte[] source, int from, int bytes) {
            int end = from;
            while (end < from + bytes && source[end] != 0) {
                end++;
            }
            return new String(source, from, end - from, StandardCharsets.UTF_8).replaceAll("\\p{C}|\ufffd", "?");
        }
    }
}
