package io.sluice.api.region;

/**
 * Memory map of a region's first 16 KiB; offsets in bytes from the start of the region. A structure's own bytes start
 * at {@link #BODY}.
 * <pre>
 *     0  MAGIC             long   "SLUICE\0\1" read as a big-endian number
 *     8  LAYOUT_VERSION    int
 *    12  BYTE_ORDER        int    0x01020304 in the writer's order
 *    16  HEADER_CRC        int    CRC32C of bytes 0 to 15 and 24 to 511
 *    24  SIZE              long   bytes of the file
 *    32  PARTICIPANTS_ID   long   which participants file vouches for the tokens in this region
 *    40  CREATOR_TOKEN     long
 *    48  CREATOR_PID       long   for people
 *    56  CREATED_MILLIS    long   since 1970, for people
 *    64  OPTIONS           long   {@link #OPTION_DESTROY_ON_LAST_DETACH}
 *    80  KIND              32 bytes ASCII, zero-padded
 *   112  GEOMETRY          8 longs, meaning by kind
 *   176  CREATOR_USER      32 bytes UTF-8, zero-padded, for people
 *   208  CREATOR_COMMAND   80 bytes UTF-8, zero-padded, for people
 *   ---  everything above is written before the region has a name and never again ---
 *   512  STATE             long   {@link #STATE_LIVE}, {@link #STATE_CLOSING}, {@link #STATE_DESTROYED}
 *   520  ATTACHED_MILLIS   long   last attach, for people
 *   528  DETACHED_MILLIS   long   last detach, for people
 *  4096  ATTACHMENTS       192 entries of 64 bytes
 *          0  TOKEN        long   whose entry; 0: free
 *          8  PID          long   for people
 *         16  SINCE_MILLIS long   for people
 *         24  FLAGS        long   1: read-only
 *         32  COMMAND      32 bytes UTF-8, zero-padded, for people
 * 16384  BODY
 * </pre>
 */
public final class RegionHeaderLayout {

    static final long MAGIC = 0;
    static final long LAYOUT_VERSION = 8;
    static final long BYTE_ORDER = 12;
    static final long HEADER_CRC = 16;
    static final long SIZE = 24;
    static final long PARTICIPANTS_ID = 32;
    static final long CREATOR_TOKEN = 40;
    static final long CREATOR_PID = 48;
    static final long CREATED_MILLIS = 56;
    static final long OPTIONS = 64;
    static final long KIND = 80;
    static final int KIND_BYTES = 32;
    static final long GEOMETRY = 112;
    static final int GEOMETRY_LONGS = 8;
    static final long CREATOR_USER = 176;
    static final int CREATOR_USER_BYTES = 32;
    static final long CREATOR_COMMAND = 208;
    static final int CREATOR_COMMAND_BYTES = 80;
    static final int IMMUTABLE_BYTES = 512;

    static final long STATE = 512;
    static final long ATTACHED_MILLIS = 520;
    static final long DETACHED_MILLIS = 528;

    static final long ATTACHMENTS = 4096;
    static final int ATTACHMENT_COUNT = 192;
    static final int ATTACHMENT_BYTES = 64;
    static final int ATTACHMENT_PID = 8;
    static final int ATTACHMENT_SINCE_MILLIS = 16;
    static final int ATTACHMENT_FLAGS = 24;
    static final int ATTACHMENT_COMMAND = 32;
    static final int ATTACHMENT_COMMAND_BYTES = 32;

    /** Offset of a structure's own bytes. */
    public static final long BODY = 16_384;

    /**
     * Bytes that every region has at least, and that are mapped to look at one: the header and the body's first page.
     */
    public static final long CONTROL_BYTES = BODY + 4096;

    static final long MAGIC_VALUE = 0x534c_5549_4345_0001L;
    static final int LAYOUT_VERSION_VALUE = 1;
    static final int BYTE_ORDER_VALUE = 0x0102_0304;

    static final long OPTION_DESTROY_ON_LAST_DETACH = 1;
    static final long FLAG_READ_ONLY = 1;

    /** In use. */
    static final long STATE_LIVE = 1;

    /** Somebody who detaches is looking whether it was the last. */
    static final long STATE_CLOSING = 2;

    /** Its name is gone or about to go; nobody attaches any more. */
    static final long STATE_DESTROYED = 3;

    private RegionHeaderLayout() {}
}
