package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.RegionMemory;
import net.openhft.chronicle.bytes.BytesStore;

/** Payloads that come from a Chronicle store. */
final class Source {

    private Source() {}

    /**
     * Copies {@code length} bytes of {@code source} from index {@code from} into the region.
     *
     * @throws IndexOutOfBoundsException if the store does not have these bytes
     */
    static void copyIn(RegionMemory memory, long payload, BytesStore<?, ?> source, long from, int length) {
        long start = source.start();
        // Not from + length: a wild index must not wrap around.
        if (from < start || from - start > source.realCapacity() - length) {
            throw new IndexOutOfBoundsException(length + " bytes from index " + from + " are outside of a store of "
                    + source.realCapacity() + " bytes from index " + start);
        }
        if (length == 0) {
            // Chronicle gives no address for the end of a store.
            return;
        }
        if (source.isDirectMemory()) {
            memory.copyInFromAddress(payload, source.addressForRead(from), length);
            return;
        }
        for (int i = 0; i < length; i++) {
            memory.writeByte(payload + i, source.readByte(from + i));
        }
    }
}
