package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.codec.Codec;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.waiting.WaitStrategy;
import java.io.IOException;
import java.lang.Thread.State;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Queues of a test, in a directory of their own, and threads that wait in them. */
final class QueueScene implements AutoCloseable {

    private static final long WATCHDOG_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final TestDirectory directory;
    private final RingKind kind;
    private final List<SharedBlockingQueue<?>> queues = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    QueueScene(RingKind kind) throws IOException {
        this.kind = kind;
        this.directory = TestDirectory.create();
    }

    TestDirectory directory() {
        return directory;
    }

    RingSpec ring(String name, long capacity, WaitStrategy strategy) {
        return RingSpec.of(kind, "unused", capacity)
                .withAddress(RegionAddress.of(directory.path(), name))
                .withWaitStrategy(strategy);
    }

    /** Attaches to the queue "queue" of 4 KiB, which exists from then on. */
    <E> SharedBlockingQueue<E> queue(Codec<E> codec) {
        return queue(QueueSpec.of(ring("queue", 4096, WaitStrategy.backOff()), codec));
    }

    <E> SharedBlockingQueue<E> queue(QueueSpec<E> spec) {
        SharedBlockingQueue<E> queue = SharedBlockingQueue.openOrCreate(spec);
        queues.add(queue);
        return queue;
    }

    /** Runs something in another thread. */
    <T> Later<T> later(Callable<T> call) {
        CompletableFuture<T> result = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                result.complete(call.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
        return new Later<>(thread, result);
    }

    /** Waits until something is so. */
    static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertTrue(System.nanoTime() - start < WATCHDOG_NANOS, "does not become true");
            Thread.yield();
        }
    }

    @Override
    public void close() throws IOException {
        threads.forEach(Thread::interrupt);
        queues.forEach(SharedBlockingQueue::close);
        directory.close();
    }

    /** Something that another thread does. */
    record Later<T>(Thread thread, CompletableFuture<T> result) {

        T get() throws Exception {
            return result.get(60, TimeUnit.SECONDS);
        }

        /** What it threw. */
        Throwable failure() throws Exception {
            return result.handle((value, thrown) -> {
                        if (thrown == null) {
                            throw new AssertionError("returned " + value);
                        }
                        return thrown;
                    })
                    .get(60, TimeUnit.SECONDS);
        }

        boolean isDone() {
            return result.isDone();
        }

        /** Waits until it has come to wait, asleep or not, in the method of the ring that waits. */
        Later<T> awaitWaiting() {
            until(() -> isDone() || waits());
            assertTrue(!isDone(), "does not wait");
            return this;
        }

        private boolean waits() {
            for (StackTraceElement frame : thread.getStackTrace()) {
                if (frame.getClassName().endsWith("LendingWait")
                        || frame.getMethodName().equals("noticeLoss")
                        || (isParked() && frame.getClassName().endsWith("AbstractQueuedSynchronizer"))) {
                    return true;
                }
            }
            return false;
        }

        private boolean isParked() {
            return thread.getState() == State.WAITING || thread.getState() == State.TIMED_WAITING;
        }
    }
}
