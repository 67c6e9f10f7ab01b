package io.sluice.api.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Random;
import net.openhft.chronicle.bytes.BytesStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each copy moves exactly what it should and touches nothing beside it. */
class SmallCopyTest {

    private static final int ROOM = 256;
    private static final int ALIGNMENTS = 9;

    private final Random random = new Random(11);
    private final BytesStore<?, ?> one = BytesStore.nativeStoreWithFixedCapacity(ROOM);
    private final BytesStore<?, ?> other = BytesStore.nativeStoreWithFixedCapacity(ROOM);

    @AfterEach
    void release() {
        one.releaseLast();
        other.releaseLast();
    }

    /** A copy of {@code length} bytes between two places of {@link #ROOM} bytes each. */
    private interface Copy {
        void run(int from, int to, int length);
    }

    private static byte[] contentOf(BytesStore<?, ?> store) {
        byte[] content = new byte[ROOM];
        for (int i = 0; i < ROOM; i++) {
            content[i] = store.readByte(i);
        }
        return content;
    }

    private byte[] noise() {
        byte[] noise = new byte[ROOM];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] expected(byte[] source, int from, byte[] target, int to, int length) {
        byte[] result = target.clone();
        System.arraycopy(source, from, result, to, length);
        return result;
    }

    private static void everyLengthAtEveryAlignment(Copy copy) {
        for (int length = 0; length < SmallCopy.LIMIT; length++) {
            for (int from = 0; from < ALIGNMENTS; from++) {
                for (int to = 0; to < ALIGNMENTS; to++) {
                    copy.run(from, to + ALIGNMENTS, length);
                }
            }
        }
    }

    @Test
    void copiesFromAnArrayToNativeMemory() {
        everyLengthAtEveryAlignment((from, to, length) -> {
            byte[] source = noise();
            byte[] before = noise();
            other.write(0, before);
            SmallCopy.copy(source, from, other.addressForRead(to), length);
            assertArrayEquals(expected(source, from, before, to, length), contentOf(other));
        });
    }

    @Test
    void copiesFromNativeMemoryToAnArray() {
        everyLengthAtEveryAlignment((from, to, length) -> {
            byte[] source = noise();
            byte[] target = noise();
            byte[] expected = expected(source, from, target, to, length);
            one.write(0, source);
            SmallCopy.copy(one.addressForRead(from), target, to, length);
            assertArrayEquals(expected, target);
        });
    }

    @Test
    void copiesFromNativeMemoryToNativeMemory() {
        everyLengthAtEveryAlignment((from, to, length) -> {
            byte[] source = noise();
            byte[] before = noise();
            one.write(0, source);
            other.write(0, before);
            SmallCopy.copy(one.addressForRead(from), other.addressForRead(to), length);
            assertArrayEquals(expected(source, from, before, to, length), contentOf(other));
        });
    }
}
