package io.sluice.api.os;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A small block of native memory of each thread's own, for structures that a system call reads or fills.
 *
 * <p>It spares an allocation per call. A structure in it is valid until the same thread's next native call.
 */
final class ThreadScratch {

    /** Large enough for the largest structure in use, {@code struct statx}. */
    private static final int LENGTH = 256;

    private static final ThreadLocal<ThreadScratch> OF_THREAD = ThreadLocal.withInitial(ThreadScratch::new);

    private final ByteBuffer bytes = ByteBuffer.allocateDirect(LENGTH).order(ByteOrder.nativeOrder());
    private final long address = Pointer.nativeValue(Native.getDirectBufferPointer(bytes));

    private ThreadScratch() {}

    /** Returns the calling thread's block. */
    static ThreadScratch ofThisThread() {
        return OF_THREAD.get();
    }

    /** Returns the address to pass to a system call. */
    long address() {
        return address;
    }

    /** Returns the same memory for reading and writing with absolute offsets. */
    ByteBuffer bytes() {
        return bytes;
    }
}
