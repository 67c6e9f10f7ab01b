package io.sluice.api.memory;

import io.sluice.api.os.NativeBuffers;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;

/**
 * A window on the payload bytes of a region: the bytes of one message or of one claim, in place, without a copy.
 * Indexes run from 0 to {@link #length()}; each access is checked against the window. Multi-byte values have the
 * machine's byte order.
 *
 * <p>A slice is a flyweight: whoever hands it out points it at other bytes later, so it is valid only as long as its
 * giver says. Confined to one thread.
 */
public class MemorySlice {

    /** Bytes of text up to which the copy that decoding needs is kept for the next time. */
    private static final int LONGEST_SCRATCH = 1 << 16;

    private final RegionMemory memory;
    private final Window store;
    private Bytes<?> view;
    private byte[] scratch = {};
    private long offset;
    private int length;

    /** An empty window on {@code memory}. */
    public MemorySlice(RegionMemory memory) {
        this.memory = Objects.requireNonNull(memory, "memory");
        this.store = new Window(memory);
    }

    /** Points this window at {@code length} bytes from {@code offset}. For the owner of the flyweight. */
    protected final void wrap(long offset, int length) {
        this.offset = offset;
        this.length = length;
    }

    /** Bytes in this window. */
    public final int length() {
        return length;
    }

    /** Offset of this window's first byte from the start of the region. */
    protected final long offset() {
        return offset;
    }

    /** The memory behind this window. */
    protected final RegionMemory memory() {
        return memory;
    }

    /** Reads one byte. */
    public final byte getByte(int index) {
        return memory.readByte(at(index, Byte.BYTES));
    }

    /** Writes one byte. */
    public final void setByte(int index, byte value) {
        memory.writeByte(at(index, Byte.BYTES), value);
    }

    /** Reads two bytes. */
    public final short getShort(int index) {
        return memory.readShort(at(index, Short.BYTES));
    }

    /** Writes two bytes. */
    public final void setShort(int index, short value) {
        memory.writeShort(at(index, Short.BYTES), value);
    }

    /** Reads four bytes. */
    public final int getInt(int index) {
        return memory.readInt(at(index, Integer.BYTES));
    }

    /** Writes four bytes. */
    public final void setInt(int index, int value) {
        memory.writeInt(at(index, Integer.BYTES), value);
    }

    /** Reads eight bytes. */
    public final long getLong(int index) {
        return memory.readLong(at(index, Long.BYTES));
    }

    /** Writes eight bytes. */
    public final void setLong(int index, long value) {
        memory.writeLong(at(index, Long.BYTES), value);
    }

    /** Reads four bytes as a float. */
    public final float getFloat(int index) {
        return Float.intBitsToFloat(getInt(index));
    }

    /** Writes a float as four bytes. */
    public final void setFloat(int index, float value) {
        setInt(index, Float.floatToRawIntBits(value));
    }

    /** Reads eight bytes as a double. */
    public final double getDouble(int index) {
        return Double.longBitsToDouble(getLong(index));
    }

    /** Writes a double as eight bytes. */
    public final void setDouble(int index, double value) {
        setLong(index, Double.doubleToRawLongBits(value));
    }

    /** Copies {@code count} bytes from {@code index} of this window into {@code target}. */
    public final void getBytes(int index, byte[] target, int to, int count) {
        memory.copyOut(at(index, count), target, to, count);
    }

    /** Copies {@code count} bytes of {@code source} into this window at {@code index}. */
    public final void setBytes(int index, byte[] source, int from, int count) {
        memory.copyIn(at(index, count), source, from, count);
    }

    /** A copy of all bytes of this window. */
    public final byte[] toByteArray() {
        byte[] copy = new byte[length];
        getBytes(0, copy, 0, length);
        return copy;
    }

    /**
     * Reads {@code count} bytes at {@code index} as UTF-8; allocates the text, and a copy of the bytes if
     * they are many.
     *
     * @throws IllegalArgumentException if they are not well-formed UTF-8; nothing is replaced
     */
    public final String getUtf8(int index, int count) {
        byte[] bytes = scratch(count);
        getBytes(index, bytes, 0, count);
        return Utf8.decode(bytes, count);
    }

    /**
     * Writes {@code text} as UTF-8, without a length, at {@code index}; allocates nothing.
     *
     * @return how many bytes that were, see {@link #utf8Length}
     * @throws IllegalArgumentException if {@code text} has half of a surrogate pair
     */
    public final int setUtf8(int index, String text) {
        int length = Utf8.length(text);
        Utf8.encode(text, memory, at(index, length));
        return length;
    }

    /**
     * Bytes that {@code text} takes as UTF-8.
     *
     * @throws IllegalArgumentException if {@code text} has half of a surrogate pair, or takes more than an int of bytes
     */
    public static int utf8Length(String text) {
        return Utf8.length(text);
    }

    private byte[] scratch(int count) {
        if (count > LONGEST_SCRATCH) {
            return new byte[count];
        }
        if (scratch.length < count) {
            scratch = new byte[Math.min(LONGEST_SCRATCH, Math.max(2 * count, 64))];
        }
        return scratch;
    }

    /**
     * This window for Chronicle's readers: a view that starts at its first byte and ends behind its last. The same
     * object each time, shared with {@link #bytesToWrite()}, as valid as {@link #bytesStore()}.
     */
    public final Bytes<?> bytesToRead() {
        view().readPositionRemaining(0, length);
        return view;
    }

    /**
     * This window for Chronicle's writers: an empty view that takes as many bytes as there are here, and says how many
     * were written by its {@code writePosition()}. As {@link #bytesToRead()} otherwise.
     */
    public final Bytes<?> bytesToWrite() {
        view().writeLimit(length);
        return view;
    }

    private Bytes<?> view() {
        bytesStore();
        if (view == null) {
            view = store.bytesForWrite();
        }
        view.clear();
        return view;
    }

    /**
     * This window as a Chronicle store, for its marshallers and for zero-copy hand-over to other Chronicle code. The
     * same object each time; valid as long as this window is. Its accesses are bounded by Chronicle, not by this class.
     */
    public final BytesStore<?, ?> bytesStore() {
        memory.point(store, offset, length);
        return store;
    }

    /**
     * This window as a byte buffer in the machine's byte order, for channels, so that the kernel copies straight from
     * or to the region. A new object each time; as valid as {@link #bytesStore()}, but it keeps no mapping in place:
     * not to be used when the giver of this window may be gone.
     */
    public final ByteBuffer byteBuffer() {
        // Chronicle gives no address for the end of a store, which is all that an empty one has.
        return length == 0
                ? ByteBuffer.allocate(0).order(ByteOrder.nativeOrder())
                : NativeBuffers.view(bytesStore().addressForRead(0), length);
    }

    private long at(int index, int count) {
        if (index < 0 || count < 0 || index > length - count) {
            throw new IndexOutOfBoundsException(
                    "index " + index + " with " + count + " bytes is outside of a message of " + length + " bytes");
        }
        return offset + index;
    }

    /** A store that keeps the mapping it points into from being given back while the store is in use. */
    private static final class Window extends PointerBytesStore {

        @SuppressWarnings("unused") // holding it is its use
        private final RegionMemory mapped;

        Window(RegionMemory mapped) {
            this.mapped = mapped;
        }
    }
}
