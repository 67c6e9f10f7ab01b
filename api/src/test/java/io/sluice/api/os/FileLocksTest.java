package io.sluice.api.os;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FileLocksTest {

    private static final long FAR = (1L << 60) - 1;

    private TestDirectory directory;
    private NativeFile one;
    private NativeFile other;

    @BeforeEach
    void openTwice() throws IOException {
        directory = TestDirectory.create();
        one = open();
        other = open();
    }

    @AfterEach
    void closeBoth() throws IOException {
        one.close();
        other.close();
        directory.close();
    }

    private NativeFile open() {
        return NativeFile.open(directory.path().resolve("file"), NativeFile.READ_WRITE | NativeFile.CREATE, 0600);
    }

    @Test
    void excludesAnotherOpeningOfTheSameProcess() {
        assertTrue(FileLocks.tryLock(one, FAR, 1));
        assertFalse(FileLocks.tryLock(other, FAR, 1));
        assertTrue(FileLocks.tryLock(other, FAR - 1, 1));
        FileLocks.unlock(one, FAR, 1);
        assertTrue(FileLocks.tryLock(other, FAR, 1));
    }

    @Test
    void seesLocksOfOthersOnly() {
        assertTrue(FileLocks.tryLock(one, FAR, 1));
        assertTrue(FileLocks.isLockedByAnother(other, FAR, 1));
        assertFalse(FileLocks.isLockedByAnother(other, FAR - 1, 1));
        assertFalse(FileLocks.isLockedByAnother(one, FAR, 1));
    }

    @Test
    void survivesTheClosingOfAnotherOpening() throws IOException {
        assertTrue(FileLocks.tryLock(one, FAR, 1));
        open().close();
        Files.readAllBytes(one.path());
        assertTrue(FileLocks.isLockedByAnother(other, FAR, 1));
    }

    @Test
    void endsWithItsOpening() {
        assertTrue(FileLocks.tryLock(one, FAR, 1));
        one.close();
        assertFalse(FileLocks.isLockedByAnother(other, FAR, 1));
    }

    @Test
    void sharedLocksCoexistAndAreNotSeen() {
        FileLocks.awaitShared(one, FAR, 1);
        FileLocks.awaitShared(other, FAR, 1);
        try (NativeFile third = open()) {
            assertFalse(FileLocks.isLockedByAnother(third, FAR, 1));
            assertFalse(FileLocks.tryLock(third, 0, FileLocks.TO_THE_END));
        }
    }

    @Test
    void refusesWhatIsNoRange() {
        assertThrows(IllegalArgumentException.class, () -> FileLocks.tryLock(one, -1, 1));
        assertThrows(IllegalArgumentException.class, () -> FileLocks.tryLock(one, 1, -1));
        assertThrows(IllegalArgumentException.class, () -> FileLocks.tryLock(one, Long.MAX_VALUE, 1));
    }
}
