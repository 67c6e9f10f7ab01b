package io.sluice.ringbuffer.stream;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.Ring;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** A message that a test finds again in the memory of its ring, to damage its record. */
final class MarkedMessage {

    private static final long MARK = 0x5EA_BED_0DD_BA11L;

    private MarkedMessage() {}

    static byte[] bytes() {
        return ByteBuffer.allocate(Long.BYTES)
                .order(ByteOrder.nativeOrder())
                .putLong(MARK)
                .array();
    }

    /** Makes its header an impossible one, {@code headerBytes} in front of it. */
    static void damage(Ring ring, int headerBytes) {
        RegionMemory memory = ring.region().memory();
        for (long offset = memory.size() - Long.BYTES; offset >= headerBytes; offset -= Long.BYTES) {
            if (memory.readLong(offset) == MARK) {
                memory.setLong(offset - headerBytes, -1);
                return;
            }
        }
        throw new AssertionError("no message is marked");
    }
}
