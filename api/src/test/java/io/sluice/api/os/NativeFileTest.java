package io.sluice.api.os;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NativeFileTest {

    private static final int CREATE_NEW =
            NativeFile.READ_WRITE | NativeFile.CREATE | NativeFile.EXCLUSIVE | NativeFile.NO_FOLLOW;

    private TestDirectory directory;
    private Path path;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = TestDirectory.create();
        path = directory.path().resolve("file");
    }

    @AfterEach
    void removeDirectory() throws IOException {
        directory.close();
    }

    private static void assertErrno(int errno, Callable<?> call) {
        NativeCallException failed = assertThrows(NativeCallException.class, call::call);
        assertEquals(errno, failed.errno(), failed.getMessage());
    }

    @Test
    void createsExclusively() {
        try (NativeFile file = NativeFile.open(path, CREATE_NEW, 0600)) {
            assertTrue(file.status().isRegularFile());
            assertErrno(Errno.EEXIST, () -> NativeFile.open(path, CREATE_NEW, 0600));
        }
    }

    @Test
    void refusesSymbolicLink() throws IOException {
        Files.createSymbolicLink(path, Files.createFile(directory.path().resolve("target")));
        assertErrno(Errno.ELOOP, () -> NativeFile.open(path, NativeFile.READ_ONLY | NativeFile.NO_FOLLOW, 0));
        assertFalse(FileStatus.of(path).isRegularFile());
    }

    @Test
    void reportsMissingFileWithItsPath() {
        NativeCallException failed =
                assertThrows(NativeCallException.class, () -> NativeFile.open(path, NativeFile.READ_ONLY, 0));
        assertEquals("open " + path + ": No such file or directory (errno 2)", failed.getMessage());
        assertEquals("open", failed.call());
        assertEquals(path.toString(), failed.subject());
    }

    @Test
    void allocatesRealZeros() throws IOException {
        try (NativeFile file = NativeFile.open(path, CREATE_NEW, 0600)) {
            file.allocate(12345);
            assertEquals(12345, file.status().size());
            assertArrayEquals(new byte[12345], Files.readAllBytes(path));
        }
    }

    @Test
    void reportsMissingSpace() {
        try (NativeFile file = NativeFile.open(path, CREATE_NEW, 0600)) {
            assertErrno(Errno.ENOSPC, () -> {
                file.allocate(1L << 50);
                return null;
            });
        }
    }

    @Test
    void setsModeWhateverTheUmask() {
        try (NativeFile file = NativeFile.open(path, CREATE_NEW, 0600)) {
            file.changeMode(0666);
            assertEquals(0666, file.status().permissions());
        }
    }

    @Test
    void readsUpToTheEnd() throws IOException {
        Files.write(path, new byte[] {1, 2, 3, 4, 5});
        try (NativeFile file = NativeFile.open(path, NativeFile.READ_ONLY, 0)) {
            byte[] target = new byte[8];
            assertEquals(3, file.readAt(2, target));
            assertArrayEquals(new byte[] {3, 4, 5, 0, 0, 0, 0, 0}, target);
        }
    }

    @Test
    void tellsFilesApartByWhatTheyAre() throws IOException {
        try (NativeFile file = NativeFile.open(path, CREATE_NEW, 0600)) {
            assertTrue(FileStatus.of(path).isSameFile(file.status()));
            Files.delete(path);
            Files.createFile(path);
            assertFalse(FileStatus.of(path).isSameFile(file.status()));
            assertEquals(0, file.status().links());
        }
    }

    @Test
    void opensNamesThatAreNotAscii() throws IOException {
        Path named =
                directory.path().resolve(System.getProperty("sun.jnu.encoding").startsWith("UTF") ? "é€" : "e");
        NativeFile.open(named, CREATE_NEW, 0600).close();
        assertTrue(Files.exists(named));
    }

    @Test
    void refusesUseAfterClose() {
        NativeFile file = NativeFile.open(path, CREATE_NEW, 0600);
        file.close();
        file.close();
        assertThrows(IllegalStateException.class, file::fd);
        assertThrows(IllegalStateException.class, file::status);
        assertThrows(IllegalStateException.class, () -> FileLocks.tryLock(file, 0, 1));
    }

    @Test
    void neverAsksAnotherFileThatGotTheNumberOfAClosedOne() throws Exception {
        for (int round = 0; round < 200; round++) {
            NativeFile file = NativeFile.open(path, NativeFile.READ_WRITE | NativeFile.CREATE, 0600);
            FileStatus expected = file.status();
            Thread closer = new Thread(() -> {
                file.close();
                NativeFile.open(directory.path().resolve("other"), NativeFile.READ_WRITE | NativeFile.CREATE, 0600)
                        .close();
            });
            closer.start();
            try {
                while (true) {
                    assertTrue(file.status().isSameFile(expected));
                }
            } catch (IllegalStateException closed) {
                closer.join();
            }
        }
    }
}
