package io.sluice.benchmarks.locks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What comes with the JDK, as places: locks on bytes of a file, and, for one process, those of java.util.concurrent.
 */
final class JdkPlaces {

    private JdkPlaces() {}

    static Places reentrantLocks() {
        ReentrantLock[] places = {new ReentrantLock(), new ReentrantLock(), new ReentrantLock()};
        return new Places() {
            @Override
            @SuppressWarnings("LockNotBeforeTry") // given back by release()
            public void acquire(int place) {
                places[place].lock();
            }

            @Override
            public void release(int place) {
                places[place].unlock();
            }
        };
    }

    static Places semaphores() {
        Semaphore[] places = {new Semaphore(1), new Semaphore(1), new Semaphore(1)};
        return new Places() {
            @Override
            public void acquire(int place) throws InterruptedException {
                places[place].acquire();
            }

            @Override
            public void release(int place) {
                places[place].release();
            }
        };
    }

    static Places bytesOfAFile(Path directory, Mode mode) throws IOException {
        FileChannel file = FileChannel.open(
                directory.resolve("bytes"),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        FileLock[] held = new FileLock[Places.COUNT];
        boolean spins = mode == Mode.SPIN;
        return new Places() {
            @Override
            public void acquire(int place) throws IOException {
                FileLock lock = spins ? file.tryLock(place, 1, false) : file.lock(place, 1, false);
                while (lock == null) {
                    Thread.onSpinWait();
                    lock = file.tryLock(place, 1, false);
                }
                held[place] = lock;
            }

            @Override
            public void release(int place) throws IOException {
                held[place].release();
            }
        };
    }
}
