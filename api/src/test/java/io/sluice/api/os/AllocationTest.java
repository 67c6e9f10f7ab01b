package io.sluice.api.os;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** Calls on the way of every wait allocate nothing once they are warm. */
class AllocationTest {

    private static final int CALLS = 20_000;

    @Test
    void lockQueryFutexAndBarrierDoNotAllocate() throws IOException {
        try (TestDirectory directory = TestDirectory.create();
                NativeFile file = NativeFile.open(
                        directory.path().resolve("file"), NativeFile.READ_WRITE | NativeFile.CREATE, 0600)) {
            file.allocate(4096);
            long word = Mmap.map(file.fd(), 4096, true);
            callOften(file, word);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            callOften(file, word);
            long after = threads.getCurrentThreadAllocatedBytes();
            Mmap.unmap(word, 4096);
            // The measurement itself may allocate a little, once.
            assertEquals(0, (after - before) / CALLS, "bytes per round");
        }
    }

    private static void callOften(NativeFile file, long word) {
        for (int i = 0; i < CALLS; i++) {
            FileLocks.isLockedByAnother(file, 4096, 1);
            Futex.wait(word, 1, 1000);
            Futex.wake(word, 1);
            Membarrier.heavy();
        }
    }
}
