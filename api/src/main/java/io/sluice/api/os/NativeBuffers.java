package io.sluice.api.os;

import com.sun.jna.Pointer;
import java.nio.ByteBuffer;

/** Native memory as the byte buffers that channels take. Any thread. */
public final class NativeBuffers {

    private NativeBuffers() {}

    /**
     * A direct buffer over {@code length} bytes of native memory, in the machine's byte order. It keeps nothing alive:
     * the caller holds on to the memory as long as it uses the buffer.
     *
     * @param address a native address of this process; not checked
     */
    public static ByteBuffer view(long address, int length) {
        return new Pointer(address).getByteBuffer(0, length);
    }
}
