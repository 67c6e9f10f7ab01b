package io.sluice.locks;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.BrokenLatchException;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.testing.ChildConsole;
import java.nio.file.Path;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/**
 * A process that has something of every kind of lock, or waits for what another one has. Argument: directory.
 *
 * <pre>
 *   hold    takes all                                                     "done"
 *   try     asks for each for a short time                                "refused"
 *   await   waits for each until it gets it, or is told of the death      what became of each
 * </pre>
 */
@SuppressWarnings("LockNotBeforeTry") // the test says when
final class NamespaceChild {

    private static final long SHORT_MILLIS = 60;

    private final Path directory;
    private final SharedMutex mutex;
    private final AccountableSemaphore permits;
    private final SharedReadWriteLock written;
    private final SharedReadWriteLock read;
    private final SharedLatch latch;
    private final SharedBarrier barrier;

    private NamespaceChild(Path directory) {
        this.directory = directory;
        this.mutex = open(LockSpec.mutex("mutex"));
        this.permits = open(LockSpec.accountableSemaphore("permits", 1));
        this.written = open(LockSpec.readWriteLock("written"));
        this.read = open(LockSpec.readWriteLock("read"));
        this.latch = open(LockSpec.latch("latch", 1));
        this.barrier = open(LockSpec.barrier("barrier", 2));
    }

    private <T extends Synchronizer> T open(LockSpec<T> spec) {
        return Locks.openOrCreate(
                spec.withAddress(RegionAddress.of(directory, spec.address().name())));
    }

    /** Runs until its standard input ends. */
    public static void main(String[] arguments) throws Exception {
        NamespaceChild child = new NamespaceChild(Path.of(arguments[0]));
        ChildConsole console = new ChildConsole();
        console.say("ready " + ProcessHandle.current().pid());
        for (String line = console.hear(); line != null; line = console.hear()) {
            switch (line) {
                case "hold" -> console.say(child.hold());
                case "try" -> console.say(child.tryAll());
                default -> console.say(child.awaitAll());
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private String hold() throws InterruptedException {
        mutex.lock();
        permits.acquire();
        written.writeLock().lock();
        read.readLock().lock();
        latch.promise();
        barrier.join();
        return "done";
    }

    private String tryAll() throws Exception {
        boolean got = mutex.tryLock(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || permits.tryAcquire(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || written.writeLock().tryLock(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || read.writeLock().tryLock(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || latch.await(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || barrier.isBroken();
        return got ? "got something" : "refused";
    }

    private String awaitAll() throws InterruptedException {
        permits.acquire();
        read.writeLock().lock();
        return "mutex " + told(mutex::lock) + ", written " + told(written.writeLock()::lock) + ", latch "
                + told(latch::await) + ", barrier " + told(barrier.join()::await);
    }

    /** Something that ends with an exception when somebody has died. */
    @FunctionalInterface
    private interface Waiting {
        void run() throws InterruptedException, BrokenLatchException, BrokenBarrierException;
    }

    private static String told(Waiting waiting) throws InterruptedException {
        try {
            waiting.run();
            return "given";
        } catch (OwnerDiedException | BrokenLatchException | BrokenBarrierException e) {
            return "told";
        }
    }
}
