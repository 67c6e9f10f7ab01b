package io.sluice.ringbuffer.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * What a child has done, in a file of its own beside the ring, which survives it; and a clock that all children share.
 *
 * <pre>
 *   producer    0  messages sent             8 + 8 i   time when the i-th was known to be committed
 *   consumer    0  messages handled          8  of these, known to be acknowledged
 *                                            16 + 16 i   id of the i-th, its time
 *   churn       8 + 8 h   messages sent by the h-th handle
 * </pre>
 */
final class Ledger {

    private static final long MOST = 1 << 18;
    private static final VarHandle LONGS = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final MappedByteBuffer book;
    private final MappedByteBuffer clock;
    private int handled; // as the consumer itself knows

    private Ledger(MappedByteBuffer book, MappedByteBuffer clock) {
        this.book = book;
        this.clock = clock;
    }

    /** That of a child. */
    static Ledger of(Path directory, int child) {
        return new Ledger(map(directory.resolve(".ledger" + child), MOST * 16), map(directory.resolve(".clock"), 8));
    }

    private static MappedByteBuffer map(Path path, long bytes) {
        try (FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MappedByteBuffer map = file.map(FileChannel.MapMode.READ_WRITE, 0, bytes);
            map.order(ByteOrder.nativeOrder());
            return map;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void put(int at, long value) {
        LONGS.setVolatile(book, at, value);
    }

    private long get(int at) {
        return (long) LONGS.getVolatile(book, at);
    }

    // ---- for the child --------------------------------------------------------------------------------------------

    /** Another time than anybody else's. */
    long tick() {
        return (long) LONGS.getAndAdd(clock, 0, 1L) + 1;
    }

    void sent(int number, long time) {
        put(8 + 8 * number, time);
        put(0, number + 1);
    }

    void sentBy(int handle, long messages) {
        put(8 + 8 * handle, messages);
    }

    void handled(long id, long time) {
        put(16 + 16 * handled, id);
        put(24 + 16 * handled, time);
        handled++;
        put(0, handled);
    }

    void acknowledged() {
        put(8, handled);
    }

    // ---- for the auditor ------------------------------------------------------------------------------------------

    /** Messages sent, or handled. */
    int count() {
        return (int) get(0);
    }

    /** Messages that were acknowledged for sure. */
    int acknowledgedCount() {
        return (int) get(8);
    }

    /** When a message was known to be committed; the end of all time if it never was. */
    long sentAt(int number) {
        return number < count() ? get(8 + 8 * number) : Long.MAX_VALUE;
    }

    long sentBy(int handle) {
        return get(8 + 8 * handle);
    }

    long id(int index) {
        return get(16 + 16 * index);
    }

    /** The time in a message that was handled: before its commit began. */
    long time(int index) {
        return get(24 + 16 * index);
    }
}
