package io.sluice.cli.pipe;

import io.sluice.api.memory.MemorySlice;
import io.sluice.api.os.NativeBuffers;
import java.nio.ByteBuffer;

/** The bytes of a claim or message as a channel wants them, so that the kernel copies straight to or from the ring. */
final class InPlace {

    private InPlace() {}

    /** A buffer over the whole slice, valid as long as the slice is. */
    static ByteBuffer view(MemorySlice slice) {
        return NativeBuffers.view(slice.bytesStore().addressForRead(0), slice.length());
    }
}
