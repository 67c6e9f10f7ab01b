package io.sluice.api.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.TestLiveness;
import java.nio.BufferOverflowException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntConsumer;
import net.openhft.chronicle.bytes.Bytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MemorySliceTest {

    private static final int FROM = 101;
    private static final int LENGTH = 24;

    private final HeapMemory memory = HeapMemory.allocate("heap", 4096, new TestLiveness());
    private final MemorySlice slice = new MemorySlice(memory);

    @BeforeEach
    void point() {
        slice.wrap(FROM, LENGTH);
    }

    @Test
    void isEmptyAtFirst() {
        MemorySlice empty = new MemorySlice(memory);
        assertEquals(0, empty.length());
        assertEquals(0, empty.toByteArray().length);
        assertThrows(IndexOutOfBoundsException.class, () -> empty.getByte(0));
    }

    @Test
    void readsAndWritesItsBytesInPlace() {
        slice.setByte(0, (byte) 1);
        slice.setShort(1, (short) 2);
        slice.setInt(3, 3);
        slice.setLong(7, 4);
        slice.setBytes(15, new byte[] {9, 8, 7, 6}, 1, 3);
        assertEquals(1, memory.readByte(FROM));
        assertEquals(2, memory.readShort(FROM + 1));
        assertEquals(3, memory.readInt(FROM + 3));
        assertEquals(4, memory.readLong(FROM + 7));
        assertEquals(7, memory.readByte(FROM + 16));
        assertEquals(1, slice.getByte(0));
        assertEquals(2, slice.getShort(1));
        assertEquals(3, slice.getInt(3));
        assertEquals(4, slice.getLong(7));
        byte[] read = new byte[5];
        slice.getBytes(15, read, 1, 3);
        assertArrayEquals(new byte[] {0, 8, 7, 6, 0}, read);
        assertEquals(LENGTH, slice.toByteArray().length);
        assertEquals(0, memory.readByte(FROM - 1));
        assertEquals(0, memory.readByte(FROM + LENGTH));
    }

    @Test
    void refusesEverythingBesideItsBytes() {
        for (Access access : accesses()) {
            access.use().accept(0);
            access.use().accept(LENGTH - access.bytes());
            for (int index :
                    new int[] {-1, LENGTH - access.bytes() + 1, LENGTH, LENGTH + 1, Integer.MAX_VALUE, Integer.MIN_VALUE
                    }) {
                IndexOutOfBoundsException refused = assertThrows(
                        IndexOutOfBoundsException.class, () -> access.use().accept(index), "at " + index);
                assertTrue(refused.getMessage().contains(Integer.toString(index)), refused.getMessage());
            }
        }
        assertThrows(IndexOutOfBoundsException.class, () -> slice.getBytes(0, new byte[8], 0, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.getBytes(0, new byte[8], 1, 8));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.setBytes(0, new byte[8], -1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.setBytes(20, new byte[8], 0, 5));
    }

    /** One way to use some bytes of the slice. */
    private record Access(int bytes, IntConsumer use) {}

    private List<Access> accesses() {
        return List.of(
                new Access(1, slice::getByte),
                new Access(1, index -> slice.setByte(index, (byte) 1)),
                new Access(2, slice::getShort),
                new Access(2, index -> slice.setShort(index, (short) 1)),
                new Access(4, slice::getInt),
                new Access(4, index -> slice.setInt(index, 1)),
                new Access(8, slice::getLong),
                new Access(8, index -> slice.setLong(index, 1)),
                new Access(5, index -> slice.getBytes(index, new byte[5], 0, 5)),
                new Access(5, index -> slice.setBytes(index, new byte[5], 0, 5)));
    }

    @Test
    void showsItselfAsAChronicleStore() {
        slice.setLong(3, 42);
        assertEquals(LENGTH, slice.bytesStore().realCapacity());
        assertEquals(42, slice.bytesStore().readLong(3));
        assertSame(slice.bytesStore(), slice.bytesStore());
    }

    @Test
    void readsAndWritesFractions() {
        slice.setFloat(1, 1.5f);
        slice.setDouble(5, -2.25);
        assertEquals(1.5f, slice.getFloat(1));
        assertEquals(-2.25, slice.getDouble(5));
        assertEquals(Double.doubleToLongBits(-2.25), memory.readLong(FROM + 5));
    }

    @Test
    void readsAndWritesTextInPlace() {
        assertEquals(11, slice.setUtf8(2, "gr\u00fc\u00df dich"));
        assertEquals("gr\u00fc\u00df dich", slice.getUtf8(2, 11));
    }

    @Test
    void writesTextOnlyIntoItself() {
        memory.writeByte(FROM + LENGTH, (byte) 77);
        assertThrows(IndexOutOfBoundsException.class, () -> slice.setUtf8(0, "x".repeat(LENGTH + 1)));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.setUtf8(LENGTH - 1, "\u00fc"));
        assertThrows(IndexOutOfBoundsException.class, () -> slice.getUtf8(LENGTH - 1, 2));
        assertEquals(77, memory.readByte(FROM + LENGTH));
        assertEquals(LENGTH, slice.setUtf8(0, "x".repeat(LENGTH)));
    }

    @Test
    void showsItselfToChroniclesReadersAndWriters() {
        Bytes<?> writer = slice.bytesToWrite();
        writer.writeLong(5).writeLong(6).writeLong(7);
        assertEquals(LENGTH, writer.writePosition());
        assertThrows(BufferOverflowException.class, () -> writer.writeByte((byte) 1));
        assertEquals(6, slice.getLong(8));
        assertEquals(0, memory.readByte(FROM + LENGTH));
        Bytes<?> reader = slice.bytesToRead();
        assertEquals(LENGTH, reader.readRemaining());
        assertEquals(5, reader.readLong());
        slice.wrap(FROM + 8, 8);
        assertEquals(6, slice.bytesToRead().readLong());
        assertThrows(
                BufferUnderflowException.class,
                () -> slice.bytesToRead().readPosition(4).readLong());
        slice.wrap(FROM, 0);
        assertEquals(0, slice.bytesToRead().readRemaining());
    }

    @Test
    void showsItselfToChannels() {
        slice.setLong(3, 42);
        ByteBuffer buffer = slice.byteBuffer();
        assertEquals(LENGTH, buffer.remaining());
        assertEquals(42, buffer.getLong(3));
        buffer.put(0, (byte) 9);
        assertEquals(9, slice.getByte(0));
        slice.wrap(FROM, 0);
        assertEquals(0, slice.byteBuffer().remaining());
    }

    @Test
    void endsWithItsMemory() {
        memory.detach();
        assertThrows(DetachedException.class, () -> slice.getByte(0));
        assertThrows(DetachedException.class, slice::toByteArray);
        assertThrows(DetachedException.class, slice::bytesStore);
        assertThrows(DetachedException.class, slice::byteBuffer);
        assertThrows(DetachedException.class, slice::bytesToRead);
        assertThrows(DetachedException.class, () -> slice.getUtf8(0, 1));
        assertThrows(DetachedException.class, () -> slice.setUtf8(0, "x"));
    }
}
