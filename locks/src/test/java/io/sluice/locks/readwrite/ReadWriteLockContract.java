package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.LockFullException;
import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.RepairNeededException;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.testing.Patience;
import io.sluice.api.waiting.SoundSleep;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.PausingMemory;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every read-write lock does, wherever its memory is and whoever goes first. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
@SuppressWarnings("LockNotBeforeTry") // these tests are about who holds what when
abstract class ReadWriteLockContract {

    private static final int ATTACHMENTS = 6;

    private final Scene scene;
    private final boolean fair;
    private final Actors actors = new Actors();

    ReadWriteLockContract(Scene.Place place, boolean fair) {
        this.scene = new Scene(place, ReadWriteLayout.bodyBytes(ATTACHMENTS));
        this.fair = fair;
    }

    @AfterEach
    void clear() throws IOException {
        actors.close();
        scene.close();
    }

    private SharedReadWriteLock attach(DyingMemory process) {
        return attach(process, WaitStrategy.block());
    }

    private SharedReadWriteLock attach(RegionMemory process, WaitStrategy strategy) {
        return new RegionReadWriteLock(process, ATTACHMENTS, fair, strategy, () -> {});
    }

    private SharedReadWriteLock attach() {
        return attach(scene.process());
    }

    private static void untilWaiting(SharedReadWriteLock lock, int waiters) {
        Actors.until(() -> lock.stat().waiters().size() == waiters);
    }

    // ---- exclusion ------------------------------------------------------------------------------------------------

    @Test
    void letsSeveralProcessesReadAtOnce() {
        SharedReadWriteLock one = attach();
        SharedReadWriteLock two = attach();
        one.readLock().lock();
        assertTrue(two.readLock().tryLock());
        assertEquals("2 reading", one.stat().state());
        one.readLock().unlock();
        two.readLock().unlock();
        assertEquals("free", one.stat().state());
    }

    @Test
    void letsOnlyOneProcessWrite() {
        SharedReadWriteLock one = attach();
        SharedReadWriteLock two = attach();
        one.writeLock().lock();
        assertFalse(two.writeLock().tryLock());
        assertFalse(two.readLock().tryLock());
        one.writeLock().unlock();
        assertTrue(two.writeLock().tryLock());
        two.writeLock().unlock();
    }

    @Test
    void keepsWriterOutWhileAnybodyReads() {
        SharedReadWriteLock one = attach();
        SharedReadWriteLock two = attach();
        one.readLock().lock();
        assertFalse(two.writeLock().tryLock());
        one.readLock().unlock();
        assertTrue(two.writeLock().tryLock());
        two.writeLock().unlock();
    }

    @Test
    void treatsTwoAttachmentsOfOneProcessAsStrangers() {
        DyingMemory process = scene.process();
        SharedReadWriteLock one = attach(process);
        SharedReadWriteLock two = attach(process);
        one.writeLock().lock();
        assertFalse(two.writeLock().tryLock());
        assertFalse(two.readLock().tryLock());
        one.writeLock().unlock();
    }

    @Test
    void keepsThreadsOfOneProcessApart() {
        SharedReadWriteLock lock = attach();
        lock.writeLock().lock();
        actors.start(() -> {
                    assertFalse(lock.writeLock().tryLock());
                    assertFalse(lock.readLock().tryLock());
                })
                .join();
        lock.writeLock().unlock();
    }

    // ---- holds ----------------------------------------------------------------------------------------------------

    @Test
    void isReentrant() {
        SharedReadWriteLock lock = attach();
        SharedReadWriteLock other = attach();
        lock.writeLock().lock();
        lock.writeLock().lock();
        assertEquals(2, lock.writeLock().holdCount());
        lock.writeLock().unlock();
        assertFalse(other.readLock().tryLock());
        lock.writeLock().unlock();
        lock.readLock().lock();
        lock.readLock().lock();
        lock.readLock().unlock();
        assertFalse(other.writeLock().tryLock());
        lock.readLock().unlock();
        assertTrue(other.writeLock().tryLock());
        other.writeLock().unlock();
    }

    @Test
    void letsWriterGoOnToRead() {
        SharedReadWriteLock lock = attach();
        SharedReadWriteLock other = attach();
        lock.writeLock().lock();
        lock.readLock().lock();
        lock.writeLock().unlock();
        assertTrue(other.readLock().tryLock());
        other.readLock().unlock();
        assertFalse(other.writeLock().tryLock());
        lock.readLock().unlock();
        assertTrue(other.writeLock().tryLock());
        other.writeLock().unlock();
    }

    @Test
    void refusesReaderThatWouldWaitForItself() {
        SharedReadWriteLock lock = attach();
        lock.readLock().lock();
        assertThrows(IllegalMonitorStateException.class, lock.writeLock()::lock);
        assertFalse(lock.writeLock().tryLock());
        lock.readLock().unlock();
        assertEquals("free", lock.stat().state());
    }

    @Test
    void refusesUnlockByStrangers() {
        SharedReadWriteLock lock = attach();
        SharedReadWriteLock other = attach();
        lock.writeLock().lock();
        assertThrows(IllegalMonitorStateException.class, other.writeLock()::unlock);
        assertThrows(IllegalMonitorStateException.class, other.readLock()::unlock);
        assertInstanceOf(
                IllegalMonitorStateException.class,
                actors.start(lock.writeLock()::unlock).outcome());
        assertInstanceOf(
                IllegalMonitorStateException.class,
                actors.start(lock.readLock()::unlock).outcome());
        assertTrue(lock.writeLock().isHeldByCurrentThread());
        lock.writeLock().unlock();
    }

    @Test
    void numbersWriteAcquisitionsUpwards() {
        SharedReadWriteLock one = attach();
        SharedReadWriteLock two = attach();
        one.writeLock().lock();
        long first = one.writeLock().fencingToken();
        one.writeLock().unlock();
        two.writeLock().lock();
        assertTrue(two.writeLock().fencingToken() > first);
        two.writeLock().unlock();
        assertThrows(IllegalMonitorStateException.class, two.writeLock()::fencingToken);
    }

    @Test
    void hasNoConditions() {
        SharedReadWriteLock lock = attach();
        assertThrows(UnsupportedOperationException.class, lock.readLock()::newCondition);
        assertThrows(UnsupportedOperationException.class, lock.writeLock()::newCondition);
    }

    // ---- waiting --------------------------------------------------------------------------------------------------

    @Test
    void wakesWriterWhenTheLastReaderLeaves() {
        SharedReadWriteLock one = attach();
        SharedReadWriteLock two = attach();
        SharedReadWriteLock writer = attach();
        one.readLock().lock();
        two.readLock().lock();
        Actor writing = actors.start(() -> {
            writer.writeLock().lock();
            writer.writeLock().unlock();
        });
        Actors.until(() -> one.stat().state().contains("a writer is next"));
        one.readLock().unlock();
        assertFalse(writing.isDone());
        two.readLock().unlock();
        writing.join();
    }

    @Test
    void wakesAllReadersWhenTheWriterLeaves() {
        SharedReadWriteLock writer = attach();
        SharedReadWriteLock one = attach();
        SharedReadWriteLock two = attach();
        writer.writeLock().lock();
        Actor first = actors.start(one.readLock()::lock);
        Actor second = actors.start(two.readLock()::lock);
        untilWaiting(writer, 2);
        writer.writeLock().unlock();
        first.join();
        second.join();
        assertEquals("2 reading", writer.stat().state());
    }

    @Test
    void keepsNewReadersBackForWaitingWriter() {
        SharedReadWriteLock reader = attach();
        SharedReadWriteLock writer = attach();
        SharedReadWriteLock late = attach();
        reader.readLock().lock();
        Actor writing = actors.start(() -> {
            writer.writeLock().lock();
            writer.writeLock().unlock();
        });
        Actors.until(() -> reader.stat().state().contains("a writer is next"));
        assertFalse(late.readLock().tryLock());
        Actor reading = actors.start(late.readLock()::lock);
        untilWaiting(reader, 2);
        reader.readLock().lock();
        reader.readLock().unlock();
        reader.readLock().unlock();
        writing.join();
        reading.join();
    }

    @Test
    void givesUpWhenTheTimeHasPassed() throws InterruptedException {
        SharedReadWriteLock one = attach();
        SharedReadWriteLock two = attach();
        one.readLock().lock();
        assertFalse(two.writeLock().tryLock(1, TimeUnit.MILLISECONDS));
        assertTrue(two.readLock().tryLock(1, TimeUnit.MILLISECONDS));
        two.readLock().unlock();
        one.readLock().unlock();
        one.writeLock().lock();
        assertFalse(two.readLock().tryLock(1, TimeUnit.MILLISECONDS));
        one.writeLock().unlock();
        assertEquals("free", one.stat().state());
        assertEquals(0, one.stat().waiters().size());
    }

    @Test
    void waitsForAsLongAsAnybodyCanSay() throws InterruptedException {
        SharedReadWriteLock lock = attach();
        assertTrue(lock.readLock().tryLock(Long.MAX_VALUE, TimeUnit.DAYS));
        lock.readLock().unlock();
        assertTrue(lock.writeLock().tryLock(Long.MAX_VALUE, TimeUnit.DAYS));
        lock.writeLock().unlock();
        assertFalse(lock.writeLock().isHeldByCurrentThread());
    }

    @Test
    void holdsNothingAfterAnInterrupt() {
        SharedReadWriteLock one = attach();
        SharedReadWriteLock two = attach();
        SharedReadWriteLock three = attach();
        one.readLock().lock();
        Actor writing = actors.start(two.writeLock()::lockInterruptibly);
        Actors.until(() -> one.stat().state().contains("a writer is next"));
        Actor reading = actors.start(three.readLock()::lockInterruptibly);
        untilWaiting(one, 2);
        reading.interrupt();
        assertInstanceOf(InterruptedException.class, reading.outcome());
        writing.interrupt();
        assertInstanceOf(InterruptedException.class, writing.outcome());
        assertTrue(three.readLock().tryLock());
        three.readLock().unlock();
        one.readLock().unlock();
        assertTrue(three.writeLock().tryLock());
        three.writeLock().unlock();
        assertEquals("free", one.stat().state());
    }

    @Test
    void wakesReadersBehindWriterThatIsInterrupted() {
        SharedReadWriteLock writer = attach();
        wakesReadersBehind(writer.writeLock()::lockInterruptibly, waiting -> {
            waiting.interrupt();
            assertInstanceOf(InterruptedException.class, waiting.outcome());
        });
    }

    @Test
    void wakesReadersBehindWriterWhoseTimeHasPassed() {
        AtomicBoolean hourHasPassed = new AtomicBoolean();
        RegionMemory memory = new ForwardingMemory(scene.process()) {
            @Override
            public long nanoTime() {
                return super.nanoTime() + (hourHasPassed.get() ? TimeUnit.HOURS.toNanos(1) : 0);
            }
        };
        SharedReadWriteLock writer = attach(memory, WaitStrategy.backOff());
        wakesReadersBehind(() -> assertFalse(writer.writeLock().tryLock(1, TimeUnit.HOURS)), waiting -> {
            hourHasPassed.set(true);
            waiting.join();
        });
    }

    /** A reader sleeps behind a writer that waits for another reader, and that {@code giveUp} has give up. */
    private void wakesReadersBehind(Actors.Action write, Consumer<Actor> giveUp) {
        SharedReadWriteLock holder = attach();
        SoundSleep sleep = new SoundSleep();
        SharedReadWriteLock late = attach(scene.process(), Patience.untilWoken(sleep));
        holder.readLock().lock();
        Actor writing = actors.start(write);
        Actors.until(() -> holder.stat().state().contains("a writer is next"));
        Actor reading = actors.start(late.readLock()::lock);
        sleep.awaitSleep(1);
        giveUp.accept(writing);
        reading.join();
        assertEquals("2 reading", holder.stat().state());
    }

    @Test
    void remembersInterruptWhenNotInterruptible() {
        SharedReadWriteLock one = attach();
        SharedReadWriteLock two = attach();
        one.readLock().lock();
        Actor writing = actors.start(() -> {
            two.writeLock().lock();
            assertTrue(Thread.interrupted());
            two.writeLock().unlock();
        });
        Actors.until(() -> one.stat().state().contains("a writer is next"));
        writing.interrupt();
        one.readLock().unlock();
        writing.join();
    }

    // ---- deaths ---------------------------------------------------------------------------------------------------

    @Test
    void removesHoldOfDeadReader() {
        DyingMemory reader = scene.process();
        attach(reader).readLock().lock();
        SharedReadWriteLock writer = attach();
        Actor writing = actors.start(() -> {
            writer.writeLock().lock();
            writer.writeLock().unlock();
        });
        Actors.until(() -> writer.stat().state().contains("a writer is next"));
        assertFalse(writing.isDone());
        reader.kill();
        writing.join();
    }

    @Test
    void tellsExactlyOneWriterOfDeadWriter() {
        DyingMemory dead = scene.process();
        attach(dead).writeLock().lock();
        SharedReadWriteLock one = attach();
        SharedReadWriteLock two = attach();
        dead.kill();
        OwnerDiedException told = assertThrows(OwnerDiedException.class, one.writeLock()::lock);
        assertEquals(dead.selfToken(), told.deadOwner());
        assertTrue(one.writeLock().isHeldByCurrentThread());
        one.writeLock().markConsistent();
        one.writeLock().unlock();
        two.writeLock().lock();
        two.writeLock().unlock();
    }

    @Test
    void refusesReadersUntilSomebodyHasRepaired() {
        DyingMemory dead = scene.process();
        attach(dead).writeLock().lock();
        SharedReadWriteLock reader = attach();
        SharedReadWriteLock writer = attach();
        Actor reading = actors.start(reader.readLock()::lock);
        untilWaiting(writer, 1);
        dead.kill();
        assertInstanceOf(RepairNeededException.class, reading.outcome());
        assertThrows(RepairNeededException.class, reader.readLock()::tryLock);
        assertThrows(OwnerDiedException.class, writer.writeLock()::tryLock);
        writer.writeLock().markConsistent();
        writer.writeLock().unlock();
        assertTrue(reader.readLock().tryLock());
        reader.readLock().unlock();
    }

    @Test
    void tellsTheNextIfTheRepairerDies() {
        DyingMemory first = scene.process();
        attach(first).writeLock().lock();
        first.kill();
        DyingMemory second = scene.process();
        assertThrows(OwnerDiedException.class, attach(second).writeLock()::lock);
        second.kill();
        SharedReadWriteLock third = attach();
        assertThrows(OwnerDiedException.class, third.writeLock()::lock);
        third.writeLock().markConsistent();
        third.writeLock().unlock();
        attach().readLock().lock();
    }

    @Test
    void saysNothingOfWriterThatDiedBeforeItWrote() {
        SharedReadWriteLock reader = attach();
        reader.readLock().lock();
        DyingMemory dead = scene.process();
        SharedReadWriteLock waiting = attach(dead);
        Actor writing = actors.start(waiting.writeLock()::lock);
        Actors.until(() -> reader.stat().state().contains("a writer is next"));
        dead.kill();
        writing.joinDead();
        SharedReadWriteLock other = attach();
        assertTrue(other.readLock().tryLock());
        other.readLock().unlock();
        reader.readLock().unlock();
        other.writeLock().lock();
        other.writeLock().unlock();
    }

    @Test
    void forgetsDeadWriterThatWaitedForWriter() {
        SharedReadWriteLock writer = attach();
        writer.writeLock().lock();
        DyingMemory dead = scene.process();
        SharedReadWriteLock waiting = attach(dead);
        Actor second = actors.start(waiting.writeLock()::lock);
        untilWaiting(writer, 1);
        dead.kill();
        second.joinDead();
        writer.writeLock().unlock();
        SharedReadWriteLock reader = attach();
        reader.readLock().lock();
        reader.readLock().unlock();
    }

    @Test
    void becomesUnusableWithoutRepairUntilReset() {
        DyingMemory dead = scene.process();
        attach(dead).writeLock().lock();
        dead.kill();
        SharedReadWriteLock lock = attach();
        assertThrows(OwnerDiedException.class, lock.writeLock()::lock);
        lock.writeLock().unlock();
        assertThrows(UnusableLockException.class, lock.writeLock()::lock);
        assertThrows(UnusableLockException.class, lock.readLock()::lock);
        assertFalse(lock.writeLock().isHeldByCurrentThread());
        assertTrue(lock.writeLock().reset());
        assertFalse(lock.writeLock().reset());
        lock.readLock().lock();
        lock.readLock().unlock();
        lock.writeLock().lock();
        lock.writeLock().unlock();
    }

    @Test
    void callsTheRepairInstead() {
        DyingMemory dead = scene.process();
        attach(dead).writeLock().lock();
        dead.kill();
        SharedReadWriteLock lock = attach();
        long[] told = new long[1];
        lock.writeLock().onOwnerDeath(death -> told[0] = death.deadOwner());
        lock.writeLock().lock();
        assertEquals(dead.selfToken(), told[0]);
        lock.writeLock().unlock();
        attach().readLock().lock();
    }

    @Test
    void becomesUnusableWhenTheRepairFails() {
        DyingMemory dead = scene.process();
        attach(dead).writeLock().lock();
        dead.kill();
        SharedReadWriteLock lock = attach();
        lock.writeLock().onOwnerDeath(death -> {
            throw new IllegalArgumentException("cannot");
        });
        assertThrows(IllegalArgumentException.class, lock.writeLock()::lock);
        assertFalse(lock.writeLock().isHeldByCurrentThread());
        assertThrows(UnusableLockException.class, lock.writeLock()::lock);
    }

    @Test
    void becomesUnusableWhenTheRepairFailsWithMoreHolds() {
        DyingMemory dead = scene.process();
        attach(dead).writeLock().lock();
        dead.kill();
        SharedReadWriteLock lock = attach();
        lock.writeLock().onOwnerDeath(death -> {
            lock.writeLock().lock();
            throw new IllegalArgumentException("cannot");
        });
        assertThrows(IllegalArgumentException.class, lock.writeLock()::lock);
        assertFalse(lock.writeLock().isHeldByCurrentThread());
        assertThrows(UnusableLockException.class, lock.writeLock()::lock);
    }

    @Test
    void givesPlaceOfDeadAttachmentToAnother() {
        DyingMemory dead = scene.process();
        attach(dead).readLock().lock();
        for (int others = 1; others < ATTACHMENTS; others++) {
            attach();
        }
        assertThrows(LockFullException.class, this::attach);
        dead.kill();
        SharedReadWriteLock lock = attach();
        lock.writeLock().lock();
        lock.writeLock().unlock();
    }

    // ---- wrong verdicts -------------------------------------------------------------------------------------------

    @Test
    void fencesWriterThatWasHeldForDead() {
        DyingMemory paused = scene.process();
        SharedReadWriteLock revived = attach(paused);
        revived.writeLock().lock();
        scene.misjudge(paused);
        SharedReadWriteLock next = attach();
        assertThrows(OwnerDiedException.class, next.writeLock()::lock);
        assertTrue(revived.writeLock().fencingToken() < next.writeLock().fencingToken());
        assertThrows(FencedException.class, revived.writeLock()::lock);
        assertThrows(FencedException.class, revived.writeLock()::tryLock);
        assertThrows(FencedException.class, revived.writeLock()::unlock);
        assertFalse(revived.writeLock().isHeldByCurrentThread());
        assertEquals("writing, inconsistent", next.stat().state());
        next.writeLock().markConsistent();
        next.writeLock().unlock();
        assertEquals("free", next.stat().state());
    }

    /** A process that is held for dead after it was told of a death; and the one that is told of its death. */
    private SharedReadWriteLock misjudgedRepairer() {
        DyingMemory dead = scene.process();
        attach(dead).writeLock().lock();
        dead.kill();
        DyingMemory paused = scene.process();
        SharedReadWriteLock repairer = attach(paused);
        assertThrows(OwnerDiedException.class, repairer.writeLock()::lock);
        scene.misjudge(paused);
        return repairer;
    }

    @Test
    void fencesRepairerThatWasHeldForDead() {
        SharedReadWriteLock repairer = misjudgedRepairer();
        SharedReadWriteLock next = attach();
        assertThrows(OwnerDiedException.class, next.writeLock()::lock);
        assertThrows(FencedException.class, repairer.writeLock()::markConsistent);
        assertEquals("writing, inconsistent", next.stat().state());
        assertThrows(FencedException.class, repairer.writeLock()::lock);
        next.writeLock().markConsistent();
        next.writeLock().unlock();
        // Also now that nobody has it.
        assertThrows(FencedException.class, repairer.writeLock()::lock);
        assertThrows(FencedException.class, repairer.writeLock()::tryLock);
        assertThrows(FencedException.class, repairer.writeLock()::unlock);
        assertFalse(repairer.writeLock().isHeldByCurrentThread());
        assertEquals("free", next.stat().state());
        next.writeLock().lock();
        next.writeLock().unlock();
    }

    @Test
    void fencesRepairerThatWasHeldForDeadAndDoesNotRepair() {
        SharedReadWriteLock repairer = misjudgedRepairer();
        SharedReadWriteLock next = attach();
        assertThrows(OwnerDiedException.class, next.writeLock()::lock);
        assertThrows(FencedException.class, repairer.writeLock()::unlock);
        assertFalse(repairer.writeLock().isHeldByCurrentThread());
        assertEquals("writing, inconsistent", next.stat().state());
        next.writeLock().markConsistent();
        next.writeLock().unlock();
        assertEquals("free", next.stat().state());
    }

    /** Whatever a writer has got done before it is held for dead wrongly: what it stores later can be told from its heir's. */
    @Test
    void givesTheHeirOfAMisjudgedWriterTheHigherFencingToken() throws IOException {
        boolean paused = true;
        for (long access = 1; paused; access++) {
            try (Scene other = new Scene(Scene.Place.HEAP, ReadWriteLayout.bodyBytes(ATTACHMENTS))) {
                paused = heirHasTheHigherToken(other, access);
            }
        }
    }

    private boolean heirHasTheHigherToken(Scene other, long access) {
        DyingMemory misjudged = other.process();
        SharedReadWriteLock heir = attach(other.process());
        long[] heirToken = {0};
        PausingMemory memory = new PausingMemory(misjudged.target(), access, () -> {
            other.misjudge(misjudged);
            try {
                heir.writeLock().lock();
            } catch (OwnerDiedException e) {
                heir.writeLock().markConsistent();
            }
            heirToken[0] = heir.writeLock().fencingToken();
            heir.writeLock().unlock();
        });
        SharedReadWriteLock revived =
                new RegionReadWriteLock(memory, ATTACHMENTS, fair, WaitStrategy.block(), () -> {});
        memory.arm();
        try {
            revived.writeLock().lock();
        } catch (FencedException e) {
            assertTrue(memory.hasPaused());
            return true;
        }
        boolean rightly = memory.hasPaused();
        long token = revived.writeLock().fencingToken();
        try {
            revived.writeLock().unlock();
            assertTrue(!rightly || token > heirToken[0], "a token lower than before, access " + access);
        } catch (FencedException e) {
            assertTrue(token < heirToken[0], token + " and the heir's " + heirToken[0] + ", access " + access);
        }
        return memory.hasPaused();
    }

    @Test
    void fencesReaderThatWasHeldForDead() {
        DyingMemory paused = scene.process();
        SharedReadWriteLock revived = attach(paused);
        revived.readLock().lock();
        scene.misjudge(paused);
        SharedReadWriteLock next = attach();
        next.writeLock().lock();
        assertThrows(FencedException.class, revived.readLock()::unlock);
        assertEquals("writing", next.stat().state());
        next.writeLock().unlock();
        revived.readLock().lock();
        revived.readLock().unlock();
        assertEquals("free", next.stat().state());
    }

    @Test
    void fencesEveryReadingThreadOfProcessThatWasHeldForDead() throws InterruptedException {
        DyingMemory paused = scene.process();
        SharedReadWriteLock revived = attach(paused);
        CountDownLatch reads = new CountDownLatch(1);
        CountDownLatch told = new CountDownLatch(1);
        revived.readLock().lock();
        Actor other = actors.start(() -> {
            revived.readLock().lock();
            reads.countDown();
            told.await();
            revived.readLock().unlock();
        });
        reads.await();
        scene.misjudge(paused);
        SharedReadWriteLock next = attach();
        next.writeLock().lock();
        assertThrows(FencedException.class, revived.readLock()::unlock);
        assertFalse(revived.readLock().tryLock());
        told.countDown();
        assertInstanceOf(FencedException.class, other.outcome());
        next.writeLock().unlock();
        assertTrue(revived.readLock().tryLock());
        revived.readLock().unlock();
    }

    // ---- life and bad input ---------------------------------------------------------------------------------------

    @Test
    void endsWaitsWhenClosed() {
        SharedReadWriteLock holder = attach();
        SharedReadWriteLock reader = attach();
        SharedReadWriteLock writer = attach();
        holder.writeLock().lock();
        Actor reading = actors.start(reader.readLock()::lock);
        Actor writing = actors.start(writer.writeLock()::lock);
        untilWaiting(holder, 2);
        reader.close();
        writer.close();
        assertInstanceOf(DetachedException.class, reading.outcome());
        assertInstanceOf(DetachedException.class, writing.outcome());
        holder.writeLock().unlock();
        SharedReadWriteLock next = attach();
        next.readLock().lock();
        next.readLock().unlock();
        next.writeLock().lock();
        next.writeLock().unlock();
    }

    @Test
    void refusesToCloseWhileHeld() {
        SharedReadWriteLock lock = attach();
        lock.readLock().lock();
        assertThrows(IllegalStateException.class, lock::close);
        lock.readLock().unlock();
        lock.writeLock().lock();
        assertThrows(IllegalStateException.class, lock::close);
        lock.writeLock().unlock();
        lock.close();
        lock.close();
        assertThrows(DetachedException.class, lock.readLock()::lock);
        assertThrows(DetachedException.class, lock.readLock()::tryLock);
        assertThrows(DetachedException.class, lock.writeLock()::lock);
        assertThrows(DetachedException.class, lock.writeLock()::tryLock);
        assertThrows(DetachedException.class, lock::stat);
    }

    @Test
    void givesPlaceOfClosedAttachmentToAnother() {
        for (int turn = 0; turn < 3 * ATTACHMENTS; turn++) {
            SharedReadWriteLock lock = attach();
            lock.readLock().lock();
            lock.readLock().unlock();
            lock.close();
        }
        assertEquals("free", attach().stat().state());
    }

    @Test
    void saysThatTheWriterWordIsCorrupt() {
        DyingMemory process = scene.process();
        SharedReadWriteLock lock = attach(process);
        for (long bad : new long[] {-1, WriterWord.PENDING, WriterWord.UNUSABLE | 7, Long.MIN_VALUE}) {
            process.setLong(ReadWriteLayout.WRITER, bad);
            assertThrows(CorruptLockException.class, lock.writeLock()::lock);
            assertThrows(CorruptLockException.class, lock.readLock()::lock);
        }
        process.setLong(ReadWriteLayout.WRITER, WriterWord.FREE);
        lock.writeLock().lock();
        lock.writeLock().unlock();
    }

    @Test
    void saysThatReaderSlotIsCorrupt() {
        DyingMemory process = scene.process();
        SharedReadWriteLock lock = attach(process);
        process.setLong(ReadWriteLayout.word(ATTACHMENTS - 1), ReaderSlots.READING);
        assertThrows(CorruptLockException.class, lock.writeLock()::tryLock);
        process.setLong(ReadWriteLayout.word(ATTACHMENTS - 1), ReaderSlots.FREE);
        assertTrue(lock.writeLock().tryLock());
        lock.writeLock().unlock();
    }
}
