package io.sluice.benchmarks.jmh;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.lock.SignallingSemaphore;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.benchmarks.run.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Locks within one JVM, beside those of {@code java.util.concurrent}: without contention as it stands, contended by two
 * threads with {@code -t 2}. For two processes see the command {@code locks}.
 *
 * <p>{@code java -cp benchmarks.jar org.openjdk.jmh.Main LockUnlock -prof gc}
 */
@State(Scope.Benchmark)
@SuppressWarnings("LockNotBeforeTry") // measures just these two calls
public class LockUnlock extends InOneJvm {

    private final Deque<Synchronizer> opened = new ArrayDeque<>();
    private Scratch scratch;
    private SharedMutex mutex;
    private SignallingSemaphore signalling;
    private AccountableSemaphore accountable;
    private Lock readLock;
    private Lock writeLock;
    private final ReentrantLock jdkLock = new ReentrantLock();
    private final Semaphore jdkSemaphore = new Semaphore(1);
    private final ReentrantReadWriteLock jdkReadWriteLock = new ReentrantReadWriteLock();

    /** For JMH. */
    public LockUnlock() {}

    /** Makes locks in a fresh directory. */
    @Setup
    public void open() throws IOException {
        scratch = Scratch.in(Path.of("/dev/shm"));
        mutex = create(LockSpec.mutex("mutex"));
        signalling = create(LockSpec.signallingSemaphore("signalling", 1));
        accountable = create(LockSpec.accountableSemaphore("accountable", 1));
        SharedReadWriteLock readWriteLock = create(LockSpec.readWriteLock("readwrite"));
        readLock = readWriteLock.readLock();
        writeLock = readWriteLock.writeLock();
    }

    private <T extends Synchronizer> T create(LockSpec<T> spec) {
        T lock = Locks.create(
                spec.withAddress(RegionAddress.of(scratch.path(), spec.address().name()))
                        .withWaitStrategy(WaitStrategy.block()));
        opened.push(lock);
        return lock;
    }

    /** Takes the directory away again. */
    @TearDown
    public void close() throws IOException {
        opened.forEach(Synchronizer::close);
        scratch.close();
    }

    /** The mutex. */
    @Benchmark
    public void sluiceMutex() {
        mutex.lock();
        mutex.unlock();
    }

    /** What it is measured against. */
    @Benchmark
    public void jdkReentrantLock() {
        jdkLock.lock();
        jdkLock.unlock();
    }

    /** The semaphore whose permits have no holder. */
    @Benchmark
    public void sluiceSignalling() throws InterruptedException {
        signalling.acquire();
        signalling.release();
    }

    /** The semaphore whose permits have one. */
    @Benchmark
    public void sluiceAccountable() throws InterruptedException {
        accountable.acquire();
        accountable.release();
    }

    /** What they are measured against. */
    @Benchmark
    public void jdkSemaphore() throws InterruptedException {
        jdkSemaphore.acquire();
        jdkSemaphore.release();
    }

    /** The read-write lock, by a reader. */
    @Benchmark
    public void sluiceRead() {
        readLock.lock();
        readLock.unlock();
    }

    /** The same, by a writer. */
    @Benchmark
    public void sluiceWrite() {
        writeLock.lock();
        writeLock.unlock();
    }

    /** What it is measured against, by a reader. */
    @Benchmark
    public void jdkRead() {
        jdkReadWriteLock.readLock().lock();
        jdkReadWriteLock.readLock().unlock();
    }

    /** The same, by a writer. */
    @Benchmark
    public void jdkWrite() {
        jdkReadWriteLock.writeLock().lock();
        jdkReadWriteLock.writeLock().unlock();
    }
}
