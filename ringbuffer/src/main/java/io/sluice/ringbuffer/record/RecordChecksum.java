package io.sluice.ringbuffer.record;

import io.sluice.api.memory.RegionMemory;
import java.util.zip.CRC32C;

/**
 * CRC32C of a record's header and payload, computed over shared memory without allocation. Confined to one thread.
 */
public final class RecordChecksum {

    private static final int CHUNK = 4096;

    private final CRC32C crc = new CRC32C();
    private final byte[] chunk = new byte[CHUNK];

    /** The checksum of {@code length} payload bytes at {@code offset} under {@code header}. */
    public int of(RegionMemory memory, long header, long offset, int length) {
        crc.reset();
        for (int shift = 0; shift < Long.SIZE; shift += Byte.SIZE) {
            crc.update((int) (header >>> shift) & 0xff);
        }
        for (int done = 0; done < length; ) {
            int count = Math.min(CHUNK, length - done);
            memory.copyOut(offset + done, chunk, 0, count);
            crc.update(chunk, 0, count);
            done += count;
        }
        return (int) crc.getValue();
    }
}
