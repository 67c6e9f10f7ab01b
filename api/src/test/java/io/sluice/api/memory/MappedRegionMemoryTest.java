package io.sluice.api.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.os.NativeFile;
import io.sluice.api.testing.TestLiveness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import net.openhft.chronicle.core.UnsafeMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** In the mapping mode that this JVM's flags allow. */
class MappedRegionMemoryTest extends RegionMemoryContract {

    private final TestLiveness liveness = new TestLiveness();
    private Path file;

    @AfterEach
    void deleteFile() throws IOException {
        Files.delete(file);
    }

    @Override
    RegionMemory newMemory() throws IOException {
        file = Files.createTempFile(Path.of("/dev/shm"), "sluice-test-", ".region");
        Files.write(file, new byte[SIZE]);
        return map(true);
    }

    private RegionMemory map(boolean writable) throws IOException {
        return over(mapping(writable));
    }

    private Mapping mapping(boolean writable) throws IOException {
        int flags = writable ? NativeFile.READ_WRITE : NativeFile.READ_ONLY;
        try (NativeFile open = NativeFile.open(file, flags, 0)) {
            return Mappings.map(MappingMode.AUTO, open.fd(), SIZE, writable);
        }
    }

    private RegionMemory over(Mapping mapping) {
        return MappedRegionMemory.over(file.toString(), mapping, liveness.of(liveness.start()));
    }

    @Test
    void showsTwoMappingsTheSameBytes() throws IOException {
        RegionMemory one = map(true);
        RegionMemory other = map(true);
        one.setLongRelease(64, 5);
        assertEquals(5, other.getLongAcquire(64));
        one.detach();
        assertEquals(5, other.getLongAcquire(64));
        other.detach();
    }

    @Test
    void refusesStoresThroughAReadOnlyMapping() throws IOException {
        RegionMemory writable = map(true);
        RegionMemory readOnly = map(false);
        writable.setLong(64, 5);
        assertEquals(5, readOnly.getLong(64));
        assertThrows(ReadOnlyRegionException.class, () -> readOnly.setLong(64, 6));
        assertThrows(ReadOnlyRegionException.class, () -> readOnly.compareAndSetLong(64, 5, 6));
        assertThrows(ReadOnlyRegionException.class, () -> readOnly.copyIn(64, new byte[1], 0, 1));
        assertThrows(ReadOnlyRegionException.class, () -> readOnly.zero(64, 1));
        assertEquals(5, readOnly.getLong(64));
        readOnly.detach();
        writable.detach();
    }

    @Test
    void detachingUnderARunningThreadIsAnExceptionThere() throws Exception {
        for (int round = 0; round < 50; round++) {
            RegionMemory memory = map(true);
            AtomicReference<Throwable> end = new AtomicReference<>();
            Thread user = new Thread(() -> {
                try {
                    for (long n = 0; ; n++) {
                        memory.setLongRelease(64, n);
                        memory.getAndAddLong(72, 1);
                    }
                } catch (RuntimeException e) {
                    end.set(e);
                }
            });
            user.start();
            while (memory.getLongAcquire(72) < 1000) {
                Thread.onSpinWait();
            }
            memory.detach();
            user.join();
            assertEquals(DetachedException.class, end.get().getClass());
        }
    }

    @Test
    void aStoreThatFellIntoTheZerosOfADetachmentDoesNotCount() throws IOException {
        Mapping mapping = mapping(true);
        RegionMemory memory = over(mapping);
        memory.setLongRelease(64, 5);
        assertTrue(memory.isStored(64, 5));
        memory.detach();
        assertTrue(memory.isStored(64, 5));
        // What a thread does that had passed the comparison before.
        UnsafeMemory.MEMORY.writeOrderedLong(mapping.address() + 64, 6);
        assertFalse(memory.isStored(64, 6));
    }

    @Test
    void whoFindsItDetachedBehindAStoreLearnsWhetherThatCounts() throws Exception {
        RegionMemory observer = map(true);
        for (int round = 0; round < 50; round++) {
            RegionMemory memory = map(true);
            observer.setLongRelease(64, 0);
            AtomicReference<Long> last = new AtomicReference<>();
            Thread user = new Thread(() -> last.set(storeUntilDetached(memory)));
            user.start();
            while (observer.getLongAcquire(64) < 1000) {
                Thread.onSpinWait();
            }
            memory.detach();
            user.join();
            assertEquals(last.get(), observer.getLongAcquire(64));
        }
        observer.detach();
    }

    /** Returns the last number that has come to the region. */
    private static long storeUntilDetached(RegionMemory memory) {
        for (long n = 1; ; n++) {
            try {
                memory.setLongRelease(64, n);
            } catch (DetachedException e) {
                return n - 1;
            }
            try {
                memory.fenceLight();
                memory.getInt(72);
            } catch (DetachedException e) {
                return memory.isStored(64, n) ? n : n - 1;
            }
        }
    }
}
