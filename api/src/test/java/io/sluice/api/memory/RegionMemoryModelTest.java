package io.sluice.api.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.TestLiveness;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random operations on a memory and on a plain array give the same; the failing seed is in the message. */
class RegionMemoryModelTest {

    private static final int SIZE = 8192;
    private static final int OPERATIONS = 60_000;
    private static final int LONGEST_COPY = 300;

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final byte[] bytes = new byte[SIZE];
    private final ByteBuffer model = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
    private RegionMemory memory;

    @Test
    void heapMemoryIsAnArray() {
        memory = HeapMemory.allocate("heap", SIZE, new TestLiveness());
        compare();
    }

    @ParameterizedTest
    @MethodSource("io.sluice.api.memory.MappedFileScene#modes")
    void mappedMemoryIsAnArray(MappingMode mode) throws IOException {
        try (MappedFileScene scene = new MappedFileScene(SIZE)) {
            memory = scene.map(mode, true);
            compare();
            memory.detach();
        }
    }

    private void compare() {
        BytesStore<?, ?> outside = BytesStore.nativeStoreWithFixedCapacity(LONGEST_COPY);
        try {
            for (int i = 0; i < OPERATIONS; i++) {
                switch (random.nextInt(6)) {
                    case 0 -> onInt(random.nextInt(SIZE / 4) * 4);
                    case 1 -> onLong(random.nextInt(SIZE / 8) * 8);
                    case 2 -> onPayload(random.nextInt(SIZE - 7));
                    case 3 -> onArray();
                    case 4 -> onNative(outside);
                    default -> refuse();
                }
            }
        } finally {
            outside.releaseLast();
        }
        byte[] all = new byte[SIZE];
        memory.copyOut(0, all, 0, SIZE);
        assertArrayEquals(bytes, all, this::where);
    }

    private String where() {
        return memory.name() + ", seed " + seed;
    }

    private void onInt(int offset) {
        int value = random.nextInt();
        int before = model.getInt(offset);
        switch (random.nextInt(6)) {
            case 0 -> assertEquals(before, memory.getInt(offset), this::where);
            case 1 -> assertEquals(before, memory.getIntAcquire(offset), this::where);
            case 2 -> {
                memory.setInt(offset, value);
                model.putInt(offset, value);
            }
            case 3 -> {
                memory.setIntRelease(offset, value);
                model.putInt(offset, value);
            }
            case 4 -> {
                assertEquals(true, memory.compareAndSetInt(offset, before, value), this::where);
                model.putInt(offset, value);
            }
            default -> assertEquals(false, memory.compareAndSetInt(offset, ~before, value), this::where);
        }
    }

    private void onLong(int offset) {
        long value = random.nextLong();
        long before = model.getLong(offset);
        switch (random.nextInt(7)) {
            case 0 -> assertEquals(before, memory.getLong(offset), this::where);
            case 1 -> assertEquals(before, memory.getLongAcquire(offset), this::where);
            case 2 -> {
                memory.setLong(offset, value);
                model.putLong(offset, value);
            }
            case 3 -> {
                memory.setLongRelease(offset, value);
                model.putLong(offset, value);
            }
            case 4 -> {
                assertEquals(true, memory.compareAndSetLong(offset, before, value), this::where);
                model.putLong(offset, value);
            }
            case 5 -> {
                assertEquals(before, memory.getAndAddLong(offset, value), this::where);
                model.putLong(offset, before + value);
            }
            default -> assertEquals(false, memory.compareAndSetLong(offset, ~before, value), this::where);
        }
    }

    private void onPayload(int offset) {
        long value = random.nextLong();
        switch (random.nextInt(8)) {
            case 0 -> assertEquals(model.get(offset), memory.readByte(offset), this::where);
            case 1 -> assertEquals(model.getShort(offset), memory.readShort(offset), this::where);
            case 2 -> assertEquals(model.getInt(offset), memory.readInt(offset), this::where);
            case 3 -> assertEquals(model.getLong(offset), memory.readLong(offset), this::where);
            case 4 -> {
                memory.writeByte(offset, (byte) value);
                model.put(offset, (byte) value);
            }
            case 5 -> {
                memory.writeShort(offset, (short) value);
                model.putShort(offset, (short) value);
            }
            case 6 -> {
                memory.writeInt(offset, (int) value);
                model.putInt(offset, (int) value);
            }
            default -> {
                memory.writeLong(offset, value);
                model.putLong(offset, value);
            }
        }
    }

    private void onArray() {
        int length = random.nextInt(LONGEST_COPY + 1);
        int offset = random.nextInt(SIZE - length + 1);
        int at = random.nextInt(20);
        byte[] array = new byte[at + length + random.nextInt(20)];
        random.nextBytes(array);
        switch (random.nextInt(3)) {
            case 0 -> {
                memory.copyIn(offset, array, at, length);
                model.put(offset, array, at, length);
            }
            case 1 -> {
                byte[] expected = array.clone();
                model.get(offset, expected, at, length);
                memory.copyOut(offset, array, at, length);
                assertArrayEquals(expected, array, this::where);
            }
            default -> {
                memory.zero(offset, length);
                model.put(offset, new byte[length]);
            }
        }
    }

    private void onNative(BytesStore<?, ?> outside) {
        int length = random.nextInt(LONGEST_COPY + 1);
        int offset = random.nextInt(SIZE - length + 1);
        byte[] array = new byte[length];
        switch (random.nextInt(3)) {
            case 0 -> {
                random.nextBytes(array);
                outside.write(0, array);
                memory.copyInFromAddress(offset, outside.addressForRead(0), length);
                model.put(offset, array);
            }
            case 1 -> {
                memory.copyOutToAddress(offset, outside.addressForRead(0), length);
                outside.read(0, array, 0, length);
                assertModelled(array, offset);
            }
            default -> {
                PointerBytesStore store = new PointerBytesStore();
                memory.point(store, offset, length);
                store.read(0, array, 0, length);
                assertModelled(array, offset);
            }
        }
    }

    private void assertModelled(byte[] found, int offset) {
        byte[] expected = new byte[found.length];
        model.get(offset, expected);
        assertArrayEquals(expected, found, this::where);
    }

    private void refuse() {
        long outside = random.nextBoolean() ? SIZE - random.nextInt(4) : (random.nextLong() | 1L << 40);
        assertThrows(IndexOutOfBoundsException.class, () -> memory.readInt(outside + 1), this::where);
        assertThrows(IndexOutOfBoundsException.class, () -> memory.writeInt(outside + 1, 1), this::where);
        assertThrows(IndexOutOfBoundsException.class, () -> memory.copyOut(outside, new byte[8], 0, 8), this::where);
        assertThrows(IndexOutOfBoundsException.class, () -> memory.copyIn(outside, new byte[8], 0, 8), this::where);
        int odd = random.nextInt(SIZE / 8 - 1) * 8 + 1 + random.nextInt(7);
        assertThrows(IllegalArgumentException.class, () -> memory.setLong(odd, 1), this::where);
        assertThrows(IllegalArgumentException.class, () -> memory.getAndAddLong(odd, 1), this::where);
    }
}
