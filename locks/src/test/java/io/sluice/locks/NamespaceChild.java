package io.sluice.locks;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.BrokenLatchException;
import io.sluice.api.lock.EventCount;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.lock.SignallingSemaphore;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.ChildConsole;
import io.sluice.api.testing.Patience;
import java.nio.file.Path;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.TimeUnit;

/**
 * A process that has something of every kind of lock, or waits for what another one has. Argument: directory.
 *
 * <pre>
 *   hold    takes all, and begins to wait in a queue                      "done"
 *   try     asks for each for a short time                                "refused"
 *   sleep   waits for a signal and for an event, until it is woken        "woken"
 *   wake    sends the signal and the event                                "done"
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
    private final SignallingSemaphore signals;
    private final SignallingSemaphore queue;
    private final EventCount events;

    private NamespaceChild(Path directory) {
        this.directory = directory;
        this.mutex = open(LockSpec.mutex("mutex"));
        this.permits = open(LockSpec.accountableSemaphore("permits", 1));
        this.written = open(LockSpec.readWriteLock("written"));
        this.read = open(LockSpec.readWriteLock("read"));
        this.latch = open(LockSpec.latch("latch", 1));
        this.barrier = open(LockSpec.barrier("barrier", 2));
        // Who is not woken does not look by itself.
        this.signals = open(
                LockSpec.signallingSemaphore("signals", 0).withWaitStrategy(Patience.untilWokenByAnotherProcess()));
        this.queue = open(LockSpec.signallingSemaphore("queue", 0).withFairness(Fairness.FAIR));
        this.events = open(LockSpec.eventCount("events").withWaitStrategy(Patience.untilWokenByAnotherProcess()));
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
                case "sleep" -> console.say(child.sleep());
                case "wake" -> console.say(child.wake());
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
        Thread first = new Thread(queue::acquireUninterruptibly, "first-in-queue");
        first.setDaemon(true);
        first.start();
        Actors.until(() -> queue.stat().waiters().size() == 1);
        return "done";
    }

    private String sleep() throws InterruptedException {
        events.awaitBeyond(0);
        signals.acquire();
        return "woken";
    }

    private String wake() {
        events.advance();
        signals.release();
        return "done";
    }

    private String tryAll() throws Exception {
        boolean got = mutex.tryLock(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || permits.tryAcquire(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || written.writeLock().tryLock(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || read.writeLock().tryLock(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || latch.await(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || queue.tryAcquire(SHORT_MILLIS, TimeUnit.MILLISECONDS)
                || barrier.isBroken();
        return got ? "got something" : "refused";
    }

    private String awaitAll() throws InterruptedException {
        permits.acquire();
        read.writeLock().lock();
        // Behind the dead, whom nothing but a proof of its death takes out of the queue.
        queue.release();
        queue.acquire();
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
