package io.sluice.api.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FutexTest {

    private static final int LENGTH = 4096;
    private static final long LONG_NANOS = TimeUnit.HOURS.toNanos(1);

    private TestDirectory directory;
    private NativeFile file;
    private long word;

    @BeforeEach
    void mapWord() throws IOException {
        directory = TestDirectory.create();
        file = NativeFile.open(
                directory.path().resolve("word"),
                NativeFile.READ_WRITE | NativeFile.CREATE | NativeFile.EXCLUSIVE,
                0600);
        file.allocate(LENGTH);
        word = Mmap.map(file.fd(), LENGTH, true);
    }

    @AfterEach
    void unmapWord() throws IOException {
        Mmap.unmap(word, LENGTH);
        file.close();
        directory.close();
    }

    @Test
    void doesNotSleepOnAnotherValue() {
        assertEquals(Futex.Wakeup.VALUE_CHANGED, Futex.wait(word, 1, LONG_NANOS));
    }

    @Test
    void returnsWhenTheTimeHasPassed() {
        assertEquals(Futex.Wakeup.TIMED_OUT, Futex.wait(word, 0, 1000));
        assertEquals(Futex.Wakeup.TIMED_OUT, Futex.wait(word, 0, 0));
    }

    @Test
    void wakesNobodyWhereNobodySleeps() {
        assertEquals(0, Futex.wake(word, 1));
    }

    @Test
    void wakesSleeperOfAnotherProcess() {
        try (ChildJvm child = ChildJvm.start(FutexChild.class, file.path().toString(), Long.toString(LONG_NANOS))) {
            assertEquals("sleeping", child.awaitLine());
            while (Futex.wake(word, Integer.MAX_VALUE) == 0) {
                Thread.onSpinWait();
            }
            assertEquals("WOKEN", child.awaitLine());
        }
    }

    @Test
    void forgetsKilledSleeper() {
        try (ChildJvm child = ChildJvm.start(FutexChild.class, file.path().toString(), Long.toString(LONG_NANOS))) {
            assertEquals("sleeping", child.awaitLine());
            child.kill();
            assertEquals(0, Futex.wake(word, Integer.MAX_VALUE));
        }
    }

    @Test
    void refusesAddressThatIsNoWord() {
        assertThrows(IllegalArgumentException.class, () -> Futex.wait(word + 2, 0, 1));
        assertThrows(IllegalArgumentException.class, () -> Futex.wake(0, 1));
        assertThrows(IllegalArgumentException.class, () -> Futex.wake(word, 0));
        assertThrows(IllegalArgumentException.class, () -> Futex.wait(word, 0, -1));
    }

    @Test
    void reportsAddressThatIsNotMapped() {
        NativeCallException failed = assertThrows(NativeCallException.class, () -> Futex.wait(4, 0, 1));
        assertEquals(Errno.EFAULT, failed.errno());
        assertTrue(failed.getMessage().startsWith("futex(FUTEX_WAIT) word at 0x4: "), failed.getMessage());
    }
}
