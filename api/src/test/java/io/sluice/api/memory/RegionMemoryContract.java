package io.sluice.api.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import net.openhft.chronicle.bytes.BytesStore;
import net.openhft.chronicle.bytes.PointerBytesStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every {@link RegionMemory} does. */
@Timeout(60)
abstract class RegionMemoryContract {

    static final int SIZE = 8192;

    private RegionMemory memory;

    /** {@link #SIZE} zero bytes. */
    abstract RegionMemory newMemory() throws Exception;

    @BeforeEach
    void allocate() throws Exception {
        memory = newMemory();
    }

    @AfterEach
    void release() {
        memory.detach();
    }

    @Test
    void startsAsZeros() {
        for (int offset = 0; offset < SIZE; offset += Long.BYTES) {
            assertEquals(0, memory.getLong(offset));
        }
        assertEquals(SIZE, memory.size());
    }

    @Test
    void readsBackEveryKindOfWord() {
        memory.setInt(4, -7);
        memory.setIntRelease(8, 9);
        memory.setLong(16, Long.MIN_VALUE);
        memory.setLongRelease(24, 11);
        assertEquals(-7, memory.getInt(4));
        assertEquals(-7, memory.getIntAcquire(4));
        assertEquals(9, memory.getInt(8));
        assertEquals(Long.MIN_VALUE, memory.getLong(16));
        assertEquals(11, memory.getLongAcquire(24));
    }

    @Test
    void replacesOnlyTheExpectedValue() {
        assertTrue(memory.compareAndSetInt(4, 0, 5));
        assertFalse(memory.compareAndSetInt(4, 0, 6));
        assertEquals(5, memory.getInt(4));
        assertTrue(memory.compareAndSetLong(8, 0, -5));
        assertFalse(memory.compareAndSetLong(8, 0, 6));
        assertEquals(-5, memory.getLong(8));
    }

    @Test
    void addsAndReturnsTheValueBefore() {
        assertEquals(0, memory.getAndAddLong(8, 5));
        assertEquals(5, memory.getAndAddLong(8, -7));
        assertEquals(-2, memory.getLong(8));
    }

    @Test
    void losesNoAdditionOfSeveralThreads() throws InterruptedException {
        int each = 50_000;
        Runnable adder = () -> {
            for (int i = 0; i < each; i++) {
                memory.getAndAddLong(64, 1);
                long before;
                do {
                    before = memory.getLongAcquire(72);
                } while (!memory.compareAndSetLong(72, before, before + 1));
            }
        };
        Thread other = new Thread(adder);
        other.start();
        adder.run();
        other.join();
        assertEquals(2L * each, memory.getLong(64));
        assertEquals(2L * each, memory.getLong(72));
    }

    @Test
    void readsAndWritesPayloadAtAnyAlignmentInNativeOrder() {
        memory.writeByte(1001, (byte) 0x7f);
        memory.writeShort(1003, (short) 0x1234);
        memory.writeInt(1005, 0x12345678);
        memory.writeLong(1009, 0x123456789abcdef0L);
        assertEquals((byte) 0x7f, memory.readByte(1001));
        assertEquals((short) 0x1234, memory.readShort(1003));
        assertEquals(0x12345678, memory.readInt(1005));
        assertEquals(0x123456789abcdef0L, memory.readLong(1009));
        byte[] bytes = new byte[8];
        memory.copyOut(1009, bytes, 0, 8);
        assertEquals(
                0x123456789abcdef0L,
                ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).getLong());
    }

    @Test
    void copiesEveryLengthAtEveryAlignment() {
        Random random = new Random(7);
        for (int length = 0; length <= 150; length++) {
            for (int shift = 0; shift < 9; shift++) {
                byte[] source = new byte[length + shift + 3];
                random.nextBytes(source);
                memory.zero(0, 512);
                memory.copyIn(100 + shift, source, shift, length);
                byte[] around = new byte[length + 2];
                memory.copyOut(99 + shift, around, 0, length + 2);
                byte[] expected = new byte[length + 2];
                System.arraycopy(source, shift, expected, 1, length);
                assertArrayEquals(expected, around);
            }
        }
    }

    @Test
    void copiesToAndFromNativeMemory() {
        BytesStore<?, ?> outside = BytesStore.nativeStoreWithFixedCapacity(512);
        try {
            for (int length : new int[] {0, 1, 7, 8, 9, 63, 64, 65, 300}) {
                byte[] source = new byte[length];
                new Random(length).nextBytes(source);
                outside.write(5, source);
                memory.copyInFromAddress(201, outside.addressForRead(5), length);
                byte[] inside = new byte[length];
                memory.copyOut(201, inside, 0, length);
                assertArrayEquals(source, inside);
                outside.zeroOut(0, 512);
                memory.copyOutToAddress(201, outside.addressForRead(5), length);
                byte[] back = new byte[length];
                outside.read(5, back, 0, length);
                assertArrayEquals(source, back);
            }
        } finally {
            outside.releaseLast();
        }
    }

    @Test
    void copiesWordsWithinItself() {
        for (int words = 0; words <= 12; words++) {
            memory.zero(0, 512);
            for (int word = 0; word < 14; word++) {
                memory.setLong(8L * word, 100 + word);
                memory.setLong(256 + 8L * word, -1);
            }
            memory.copyLongs(8, 256, words);
            for (int word = 0; word < 14; word++) {
                assertEquals(word < words ? 101 + word : -1, memory.getLong(256 + 8L * word), words + " words");
            }
        }
    }

    @Test
    void refusesToCopyWordsThatAreNotInside() {
        memory.copyLongs(SIZE - 16, 0, 2);
        memory.copyLongs(0, SIZE - 16, 2);
        for (long offset : new long[] {-8, SIZE - 8, SIZE, Long.MAX_VALUE - 7, Long.MIN_VALUE}) {
            assertThrows(IndexOutOfBoundsException.class, () -> memory.copyLongs(offset, 64, 2), "offset " + offset);
            assertThrows(IndexOutOfBoundsException.class, () -> memory.copyLongs(64, offset, 2), "offset " + offset);
        }
        assertThrows(IllegalArgumentException.class, () -> memory.copyLongs(4, 64, 2));
        assertThrows(IllegalArgumentException.class, () -> memory.copyLongs(64, 4, 2));
    }

    @Test
    void zeroesExactlyWhatWasAskedFor() {
        byte[] ones = new byte[64];
        Arrays.fill(ones, (byte) 1);
        memory.copyIn(0, ones, 0, 64);
        memory.zero(9, 13);
        for (int i = 0; i < 64; i++) {
            assertEquals(i >= 9 && i < 22 ? 0 : 1, memory.readByte(i));
        }
    }

    @Test
    void pointsAStoreAtItsBytes() {
        memory.writeLong(1000, 42);
        PointerBytesStore store = new PointerBytesStore();
        memory.point(store, 1000, 16);
        assertEquals(16, store.realCapacity());
        assertEquals(42, store.readLong(0));
        store.writeLong(8, 43);
        assertEquals(43, memory.readLong(1008));
    }

    @Test
    void refusesOffsetsOutsideOfTheRegion() {
        for (long offset : new long[] {-8, SIZE, SIZE + 8L, Long.MAX_VALUE - 7, Long.MIN_VALUE}) {
            for (LongConsumer access : wordAccesses()) {
                assertThrows(IndexOutOfBoundsException.class, () -> access.accept(offset), "offset " + offset);
            }
            for (LongConsumer access : payloadAccesses()) {
                assertThrows(IndexOutOfBoundsException.class, () -> access.accept(offset), "offset " + offset);
            }
        }
        memory.writeLong(SIZE - 8, 1);
        assertEquals(1, memory.readLong(SIZE - 8));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.readLong(SIZE - 7));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.writeLong(SIZE - 7, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.writeInt(SIZE - 3, 1));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.copyIn(SIZE - 3, new byte[4], 0, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.copyIn(0, new byte[4], 1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.copyOut(0, new byte[4], -1, 4));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.zero(8, -1));
        assertThrows(IndexOutOfBoundsException.class, () -> memory.zero(8, Long.MAX_VALUE));
    }

    @Test
    void refusesWordsThatAreNotAligned() {
        for (LongConsumer access : wordAccesses()) {
            for (long offset : new long[] {1, 2, 3, 4094, 4097}) {
                assertThrows(IllegalArgumentException.class, () -> access.accept(offset), "offset " + offset);
            }
        }
    }

    @Test
    void refusesEveryAccessAfterDetaching() {
        memory.detach();
        memory.detach();
        assertTrue(memory.isDetached());
        for (LongConsumer access : wordAccesses()) {
            assertThrows(DetachedException.class, () -> access.accept(64));
        }
        for (LongConsumer access : payloadAccesses()) {
            assertThrows(DetachedException.class, () -> access.accept(64));
        }
    }

    @Test
    void doesNotSleepOnAWordThatHasChanged() {
        memory.setInt(128, 1);
        memory.futexWait(128, 0, TimeUnit.HOURS.toNanos(1));
    }

    @Test
    void sleepsNoLongerThanAsked() {
        memory.futexWait(128, 0, 1_000_000);
        memory.futexWait(128, 0, 0);
    }

    @Test
    void wakesThoseWhoSleepOnTheWordAndNobodyElse() throws InterruptedException {
        CountDownLatch awake = new CountDownLatch(2);
        for (int i = 0; i < 2; i++) {
            Thread sleeper = new Thread(() -> {
                while (memory.getIntAcquire(128) == 0) {
                    memory.futexWait(128, 0, TimeUnit.HOURS.toNanos(1));
                }
                awake.countDown();
            });
            sleeper.setDaemon(true);
            sleeper.start();
        }
        int woken = 0;
        assertEquals(0, memory.futexWake(132, Integer.MAX_VALUE));
        while (woken < 2) {
            // Spurious for the sleepers, which go back to sleep: the word has not changed.
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            woken = memory.futexWake(128, Integer.MAX_VALUE);
        }
        memory.setIntRelease(128, 1);
        memory.futexWake(128, Integer.MAX_VALUE);
        awake.await();
    }

    private List<LongConsumer> wordAccesses() {
        return List.of(
                memory::getInt,
                memory::getIntAcquire,
                offset -> memory.setInt(offset, 1),
                offset -> memory.setIntRelease(offset, 1),
                offset -> memory.compareAndSetInt(offset, 0, 1),
                memory::getLong,
                memory::getLongAcquire,
                offset -> memory.setLong(offset, 1),
                offset -> memory.setLongRelease(offset, 1),
                offset -> memory.compareAndSetLong(offset, 0, 1),
                offset -> memory.getAndAddLong(offset, 1),
                offset -> memory.futexWait(offset, 1, 1),
                offset -> memory.futexWake(offset, 1));
    }

    private List<LongConsumer> payloadAccesses() {
        PointerBytesStore store = new PointerBytesStore();
        return List.of(
                memory::readByte,
                memory::readShort,
                memory::readInt,
                memory::readLong,
                offset -> memory.writeByte(offset, (byte) 1),
                offset -> memory.writeShort(offset, (short) 1),
                offset -> memory.writeInt(offset, 1),
                offset -> memory.writeLong(offset, 1),
                offset -> memory.copyIn(offset, new byte[3], 0, 3),
                offset -> memory.copyOut(offset, new byte[3], 0, 3),
                offset -> memory.zero(offset, 3),
                offset -> memory.point(store, offset, 3));
    }
}
