package io.sluice.api.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.jna.Pointer;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MmapTest {

    private static final int LENGTH = 8192;

    private TestDirectory directory;
    private NativeFile file;

    @BeforeEach
    void makeFile() throws IOException {
        directory = TestDirectory.create();
        file = NativeFile.open(
                directory.path().resolve("file"),
                NativeFile.READ_WRITE | NativeFile.CREATE | NativeFile.EXCLUSIVE,
                0600);
        file.allocate(LENGTH);
    }

    @AfterEach
    void removeFile() throws IOException {
        file.close();
        directory.close();
    }

    @Test
    void sharesTheFileBetweenMappings() {
        long one = Mmap.map(file.fd(), LENGTH, true);
        long other = Mmap.map(file.fd(), LENGTH, false);
        new Pointer(one).setLong(8, 42);
        assertEquals(42, new Pointer(other).getLong(8));
        Mmap.unmap(one, LENGTH);
        assertEquals(42, new Pointer(other).getLong(8));
        Mmap.unmap(other, LENGTH);
    }

    @Test
    void lateAccessAfterReplacementNeitherReachesTheFileNorKills() throws IOException {
        long address = Mmap.map(file.fd(), LENGTH, true);
        new Pointer(address).setLong(0, 42);
        byte[] before = Files.readAllBytes(file.path());
        Mmap.replaceWithAnonymous(address, LENGTH);
        assertEquals(0, new Pointer(address).getLong(0));
        new Pointer(address).setLong(0, 7);
        assertArrayEquals(before, Files.readAllBytes(file.path()));
        Mmap.unmap(address, LENGTH);
    }

    @Test
    void reportsWhatTheKernelRefuses() {
        try (NativeFile readOnly = NativeFile.open(file.path(), NativeFile.READ_ONLY, 0)) {
            NativeCallException failed =
                    assertThrows(NativeCallException.class, () -> Mmap.map(readOnly.fd(), LENGTH, true));
            assertEquals(Errno.EACCES, failed.errno());
        }
        assertThrows(NativeCallException.class, () -> Mmap.unmap(1, LENGTH));
        assertThrows(IllegalArgumentException.class, () -> Mmap.map(file.fd(), 0, true));
    }

    @Test
    void barrierIsThereWhereTheKernelHasIt() {
        assertEquals(Membarrier.isRegistered(), Membarrier.heavy());
        assertTrue(NativeLinux.isSupported());
        NativeLinux.require();
    }
}
