package io.sluice.benchmarks.transport;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** POSIX message queues (mq_overview(7)), which Java lacks. Linux on 64-bit processors. */
final class NativeQueue {

    private static final int O_RDONLY = 0;
    private static final int O_WRONLY = 1;
    private static final int O_CREAT = 0100;
    private static final int O_EXCL = 0200;
    private static final int OWNER_ONLY = 0600;

    private static final int FEWEST = 10;
    private static final int MOST = 65_536;

    // struct mq_attr: flags, places, bytes of a place, messages in it, four reserved; all long.
    private static final int ATTRIBUTE_BYTES = 64;
    private static final int PLACES = 8;
    private static final int PLACE_BYTES = 16;

    private final int descriptor;

    private NativeQueue(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Signatures of libc. */
    private static final class LibC {
        static {
            Native.register(LibC.class, "c");
        }

        private LibC() {}

        static native int mq_open(String name, int flags, int mode, Pointer attributes) throws LastErrorException;

        static native int mq_send(int queue, long address, long length, int priority) throws LastErrorException;

        static native long mq_receive(int queue, long address, long length, Pointer priority) throws LastErrorException;

        static native int mq_close(int queue) throws LastErrorException;

        static native int mq_unlink(String name) throws LastErrorException;
    }

    /** Makes a queue for messages of that length with as many places as the system grants, up to so many bytes. */
    static void create(String name, long bytes, int longest) throws IOException {
        long places = Math.max(FEWEST, Math.min(MOST, bytes / longest));
        while (true) {
            try (Memory attributes = new Memory(ATTRIBUTE_BYTES)) {
                attributes.clear();
                attributes.setLong(PLACES, places);
                attributes.setLong(PLACE_BYTES, longest);
                new NativeQueue(LibC.mq_open(name, O_CREAT | O_EXCL | O_WRONLY, OWNER_ONLY, attributes)).close();
                return;
            } catch (LastErrorException e) {
                if (places == FEWEST) {
                    throw new IOException(name + ": mq_open: " + e.getMessage(), e);
                }
                places = Math.max(FEWEST, places / 2);
            }
        }
    }

    static NativeQueue openToSend(String name) throws IOException {
        return open(name, O_WRONLY);
    }

    static NativeQueue openToReceive(String name) throws IOException {
        return open(name, O_RDONLY);
    }

    private static NativeQueue open(String name, int flags) throws IOException {
        try {
            return new NativeQueue(LibC.mq_open(name, flags, 0, Pointer.NULL));
        } catch (LastErrorException e) {
            throw new IOException(name + ": mq_open: " + e.getMessage(), e);
        }
    }

    /** What messages are sent from and received into. */
    static ByteBuffer buffer(int longest) {
        return ByteBuffer.allocateDirect(longest).order(ByteOrder.nativeOrder());
    }

    private static long address(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }

    void send(ByteBuffer buffer, int length) throws IOException {
        try {
            LibC.mq_send(descriptor, address(buffer), length, 0);
        } catch (LastErrorException e) {
            throw new IOException("mq_send: " + e.getMessage(), e);
        }
    }

    /** Waits for a message; returns its length. */
    int receive(ByteBuffer buffer) throws IOException {
        try {
            return (int) LibC.mq_receive(descriptor, address(buffer), buffer.capacity(), Pointer.NULL);
        } catch (LastErrorException e) {
            throw new IOException("mq_receive: " + e.getMessage(), e);
        }
    }

    void close() {
        LibC.mq_close(descriptor);
    }

    static void unlink(String name) {
        LibC.mq_unlink(name);
    }
}
