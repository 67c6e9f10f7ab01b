package io.sluice.api.identity;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * Map of the participants file; offsets in bytes, numbers little-endian. Written once, before the file has its name.
 *
 * <pre>
 *     0  MAGIC      8  "SluicePt"
 *     8  VERSION    4
 *    12  CHECKSUM   4  CRC32C of the file with this field zero
 *    16  ID         8  random: which participants file this is
 *    24  (zeros)   40
 * </pre>
 *
 * <p>And what the locks on single bytes mean, of which all but the first lie beyond the end of the file:
 *
 * <pre>
 *     0  DIRECTORY_LOCK   held while a name of the directory is removed
 *  4096  FIRST_TOKEN      from here to LAST_TOKEN: held by the process with that token
 * </pre>
 */
final class ParticipantsLayout {

    static final String FILE_NAME = ".participants";
    /** What the names of files begin with that are to become the participants file. */
    static final String UNFINISHED_PREFIX = ".participants.new-";

    static final int FILE_LENGTH = 64;
    static final long DIRECTORY_LOCK = 0;
    static final long FIRST_TOKEN = 4096;
    static final long LAST_TOKEN = (1L << 60) - 1;

    private static final long MAGIC = 0x74506563_69756c53L;
    private static final int VERSION = 1;
    private static final int MAGIC_AT = 0;
    private static final int VERSION_AT = 8;
    private static final int CHECKSUM_AT = 12;
    private static final int ID_AT = 16;

    private ParticipantsLayout() {}

    /** Returns the content of a new file. */
    static byte[] contentFor(long id) {
        byte[] content = new byte[FILE_LENGTH];
        ByteBuffer fields = littleEndian(content);
        fields.putLong(MAGIC_AT, MAGIC).putInt(VERSION_AT, VERSION).putLong(ID_AT, id);
        fields.putInt(CHECKSUM_AT, checksum(content));
        return content;
    }

    /** Checks what was read from a file that anybody may have written, and returns its id. */
    static long idIn(byte[] content, long fileLength, Path path) throws ParticipantsFormatException {
        if (fileLength != FILE_LENGTH || content.length != FILE_LENGTH) {
            throw new ParticipantsFormatException(path, "length", FILE_LENGTH + " bytes", fileLength + " bytes");
        }
        ByteBuffer fields = littleEndian(content);
        requireSame(path, "magic", MAGIC, fields.getLong(MAGIC_AT));
        requireSame(path, "version", VERSION, fields.getInt(VERSION_AT));
        int checksum = fields.getInt(CHECKSUM_AT);
        fields.putInt(CHECKSUM_AT, 0);
        requireSame(path, "checksum", checksum(content), checksum);
        long id = fields.getLong(ID_AT);
        if (id == 0) {
            throw new ParticipantsFormatException(path, "id", "a number other than 0", "0");
        }
        return id;
    }

    /** Returns whether a number can be a process's token at all. */
    static boolean isToken(long number) {
        return number >= FIRST_TOKEN && number <= LAST_TOKEN;
    }

    private static void requireSame(Path path, String field, long expected, long found)
            throws ParticipantsFormatException {
        if (expected != found) {
            throw new ParticipantsFormatException(
                    path, field, "0x" + Long.toHexString(expected), "0x" + Long.toHexString(found));
        }
    }

    private static int checksum(byte[] content) {
        CRC32C crc = new CRC32C();
        crc.update(content);
        return (int) crc.getValue();
    }

    private static ByteBuffer littleEndian(byte[] content) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }
}
