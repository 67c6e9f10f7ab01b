package io.sluice.api.memory;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import net.openhft.chronicle.core.UnsafeMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BulkCopyTest {

    private static final UnsafeMemory MEMORY = UnsafeMemory.MEMORY;
    private static final int MARGIN = 9;
    private static final byte UNTOUCHED = 77;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 511, 512, 513, 4096, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (3 << 20) + 5})
    void copiesExactlyItsBytesInAndOut(int length) {
        byte[] source = new byte[length + 2 * MARGIN];
        new Random(length).nextBytes(source);
        long address = MEMORY.allocate(length + 2L * MARGIN);
        try {
            MEMORY.setMemory(address, length + 2L * MARGIN, UNTOUCHED);
            BulkCopy.in(source, MARGIN, address + MARGIN, length);
            for (int i = 0; i < MARGIN; i++) {
                assertEquals(UNTOUCHED, MEMORY.readByte(address + i));
                assertEquals(UNTOUCHED, MEMORY.readByte(address + MARGIN + length + i));
            }
            byte[] target = new byte[source.length];
            Arrays.fill(target, UNTOUCHED);
            BulkCopy.out(address + MARGIN, target, MARGIN, length);
            byte[] expected = source.clone();
            Arrays.fill(expected, 0, MARGIN, UNTOUCHED);
            Arrays.fill(expected, MARGIN + length, expected.length, UNTOUCHED);
            assertArrayEquals(expected, target);
        } finally {
            MEMORY.freeMemory(address, length + 2L * MARGIN);
        }
    }
}
