package io.sluice.api.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that use a mapping while it is detached get the exception and nothing else; the JVM lives. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DetachUnderUseTest {

    private static final int SIZE = 16_384;
    private static final int ROUNDS = 1000;

    /** Three uses of a memory, each until it throws. */
    private static List<Consumer<RegionMemory>> users() {
        byte[] array = new byte[1000];
        return List.of(
                memory -> {
                    while (true) {
                        memory.setLongRelease(64, memory.getLongAcquire(128) + 1);
                    }
                },
                memory -> {
                    while (true) {
                        memory.compareAndSetLong(192, 0, 1);
                        memory.compareAndSetInt(192, 1, 0);
                        memory.getAndAddLong(200, 1);
                    }
                },
                memory -> {
                    while (true) {
                        memory.copyIn(4096, array, 0, array.length);
                        memory.copyOut(8192, array, 0, 31);
                        memory.readLong(4099);
                        memory.writeInt(4099, 5);
                        memory.zero(8000, 500);
                    }
                });
    }

    @ParameterizedTest
    @MethodSource("io.sluice.api.memory.MappedFileScene#modes")
    void isAnExceptionInEveryThread(MappingMode mode) throws Exception {
        List<Consumer<RegionMemory>> users = users();
        try (MappedFileScene scene = new MappedFileScene(SIZE)) {
            for (int round = 0; round < ROUNDS; round++) {
                RegionMemory memory = scene.map(mode, true);
                List<Runner> runners = new ArrayList<>();
                for (Consumer<RegionMemory> user : users.subList(round % 2, 2 + round % 2)) {
                    runners.add(new Runner(memory, user));
                }
                for (Runner runner : runners) {
                    runner.started.await();
                }
                memory.detach();
                for (Runner runner : runners) {
                    runner.thread.join();
                    Throwable end = runner.end.get();
                    assertEquals(DetachedException.class, end.getClass(), end::toString);
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("io.sluice.api.memory.MappedFileScene#modes")
    void isAnExceptionForAReader(MappingMode mode) throws Exception {
        try (MappedFileScene scene = new MappedFileScene(SIZE)) {
            for (int round = 0; round < ROUNDS / 3; round++) {
                RegionMemory memory = scene.map(mode, false);
                Runner runner = new Runner(memory, reader -> {
                    while (true) {
                        reader.getLongAcquire(64);
                    }
                });
                runner.started.await();
                memory.detach();
                runner.thread.join();
                assertEquals(DetachedException.class, runner.end.get().getClass());
            }
        }
    }

    @Test
    void manyThreadsMayDetachAtOnce() throws Exception {
        try (MappedFileScene scene = new MappedFileScene(SIZE)) {
            for (int round = 0; round < 300; round++) {
                RegionMemory memory = scene.map(MappingMode.AUTO, true);
                CountDownLatch go = new CountDownLatch(1);
                AtomicReference<Throwable> failure = new AtomicReference<>();
                List<Thread> threads = new ArrayList<>();
                for (int i = 0; i < 3; i++) {
                    Thread thread = new Thread(() -> {
                        try {
                            go.await();
                            memory.detach();
                        } catch (Throwable e) {
                            failure.set(e);
                        }
                    });
                    thread.start();
                    threads.add(thread);
                }
                go.countDown();
                for (Thread thread : threads) {
                    thread.join();
                }
                assertNull(failure.get());
            }
        }
    }

    @Test
    void whatWasWrittenBeforeStaysInTheFile() throws IOException {
        try (MappedFileScene scene = new MappedFileScene(SIZE)) {
            RegionMemory one = scene.map(MappingMode.AUTO, true);
            one.setLong(64, 42);
            one.detach();
            RegionMemory other = scene.map(MappingMode.AUTO, false);
            assertEquals(42, other.getLong(64));
            other.detach();
        }
    }

    /** A thread that uses a memory until that throws. */
    private static final class Runner {

        private final CountDownLatch started = new CountDownLatch(1);
        private final AtomicReference<Throwable> end = new AtomicReference<>();
        private final Thread thread;

        Runner(RegionMemory memory, Consumer<RegionMemory> user) {
            this.thread = new Thread(() -> {
                started.countDown();
                try {
                    user.accept(memory);
                } catch (Throwable e) {
                    end.set(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }
    }
}
