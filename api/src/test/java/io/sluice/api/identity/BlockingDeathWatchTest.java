package io.sluice.api.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import io.sluice.api.memory.DeathNotice;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A watch in a process that is at its limits. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BlockingDeathWatchTest {

    private static final long TOKEN = 7;

    private final Deque<Thread> threads = new ArrayDeque<>();
    private final AtomicInteger told = new AtomicInteger();

    /** A path of which nothing can be learned for want of memory. */
    private static Path unreadable() {
        return (Path) Proxy.newProxyInstance(
                BlockingDeathWatchTest.class.getClassLoader(),
                new Class<?>[] {Path.class},
                (proxy, method, arguments) -> {
                    throw new OutOfMemoryError("a test has no memory for " + method);
                });
    }

    private void runItsThread() throws InterruptedException {
        Thread thread = threads.remove();
        thread.start();
        thread.join();
    }

    @Test
    void tellsWhoWatchesWhenItsThreadFails() throws InterruptedException {
        BlockingDeathWatch watch = new BlockingDeathWatch(unreadable(), null, threads::add);
        for (int turn = 1; turn <= 2; turn++) {
            watch.watch(TOKEN, told::incrementAndGet);
            // Another one each time: one that has failed watches nobody.
            runItsThread();
            assertEquals(turn, told.get());
        }
    }

    @Test
    void tellsTheOthersWhenOneOfThemFails() throws InterruptedException {
        BlockingDeathWatch watch = new BlockingDeathWatch(unreadable(), null, threads::add);
        watch.watch(TOKEN, () -> {
            throw new OutOfMemoryError("a test has no memory to hear of a death");
        });
        watch.watch(TOKEN, told::incrementAndGet);
        runItsThread();
        assertEquals(1, told.get());
    }

    @Test
    void watchesNobodyWithoutAThread() {
        BlockingDeathWatch watch = new BlockingDeathWatch(unreadable(), null, thread -> {
            throw new OutOfMemoryError("a test has no thread");
        });
        assertSame(DeathNotice.NONE, watch.watch(TOKEN, () -> {}));
    }
}
