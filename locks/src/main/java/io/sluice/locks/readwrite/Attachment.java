package io.sluice.locks.readwrite;

import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.LockFullException;
import io.sluice.api.lock.RepairNeededException;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.support.CarrierFriendly;
import io.sluice.locks.support.CoarseClock;
import io.sluice.locks.waiting.SlicedWait;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What one attachment does in shared memory on behalf of all its threads: it reads or not, it writes or not. Which of its
 * threads may is settled before, in {@link RegionReadWriteLock}.
 *
 * <pre>
 *   reader                                  writer
 *   R1 gate open? else wait                 W1 CAS WRITER free or dead -> mine, PENDING; else wait
 *   R2 CAS my slot -> READING               W2 each slot, once: until it does not read, or its reader is dead
 *   R3 gate still open? else undo R2, wait  W3 CAS WRITER mine, PENDING -> mine
 *   ... read ...                            ... write ...
 *   R4 CAS my slot -> not reading           W4 CAS WRITER mine -> free
 * </pre>
 *
 * R2 and W1 are full fences: either the writer sees the reader in W2, or the reader sees the writer in R3. A slot that W2
 * has once seen without a reader need not be looked at again, since who reads through it later sees W1.
 *
 * <p>Every numbered step is one CAS, so a death falls between two of them: after R2 the hold of a dead reader is removed
 * by W2; after W1 the claim of a dead writer, who has written nothing, is removed by R1 or W1; after W3 W1 takes the word
 * over with INCONSISTENT in it. The scheme is the distributed reader indicator of Calciu et al., "NUMA-aware reader-writer
 * locks" (2013), with owners' names in the indicator.
 *
 * <p>Each change of shared memory is made under {@link #steps}, which is never held while waiting. So none comes late:
 * after {@link #close} there is none.
 */
final class Attachment {

    private final RegionMemory memory;
    private final boolean fair;
    private final ReaderSlots slots;
    private final WriterGate writers;
    private final ArrivalOrder order;
    private final WakeWord gate;
    private final WakeWord drain;
    private final SlicedWait wait;
    private final BooleanSupplier isDrained = this::isDrained;
    private final ReentrantLock steps = new ReentrantLock();
    private final ReentrantLock queueing = new ReentrantLock(); // who speaks for this attachment in NUMBER and WANTS

    private int slot; // guarded by steps; -1: lost
    private int readers; // threads that read; guarded by steps
    private volatile long writing; // WRITER as we left it, 0: not ours; changed under steps
    private int undrained; // first slot that W2 has yet to see without a reader; confined to the claiming thread
    private boolean closed; // guarded by steps

    Attachment(RegionMemory memory, int attachments, boolean fair, WaitStrategy strategy) {
        this.memory = memory;
        this.fair = fair;
        this.gate = new WakeWord(memory, ReadWriteLayout.GATE);
        this.drain = new WakeWord(memory, ReadWriteLayout.DRAIN);
        this.slots = new ReaderSlots(memory, attachments);
        this.writers = new WriterGate(memory, !fair, gate);
        this.order = new ArrivalOrder(memory, slots, gate);
        this.wait = new SlicedWait(memory, new CarrierFriendly(strategy));
        this.slot = attach();
    }

    private int attach() {
        int found = slots.attach();
        if (found < 0) {
            throw new LockFullException(memory.name(), "attachments", slots.count());
        }
        return found;
    }

    // ---- reading --------------------------------------------------------------------------------------------------

    /** Begins to read for one more thread, waiting for it. Returns false if the deadline passed first. */
    boolean read(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(memory.name() + ": interrupted before waiting");
        }
        if (isWriting() || !fair) {
            if (tryRead(false)) {
                return true;
            }
        }
        if (!queueing.tryLock(Math.max(0, Deadline.nanosLeft(memory, deadline)), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            Place place = queue(ReadWriteLayout.WANTS_READING);
            try {
                return wait.await(
                        probe -> place.mayGo(probe) && tryRead(probe),
                        gate,
                        () -> writers.isOpen() && place.mayGo(false),
                        deadline);
            } finally {
                place.leave();
            }
        } finally {
            queueing.unlock();
        }
    }

    /**
     * Begins to read for one more thread if that is possible now.
     *
     * @param probe whether to find out if those in the way are dead
     */
    boolean tryRead(boolean probe) {
        steps.lock();
        try {
            checkUse();
            if (isWriting()) {
                // Our own writer goes on to read: it keeps everybody else out while the slot changes.
                beginReading();
            } else if (!mayRead(probe)) {
                return false;
            } else if (readers == 0) {
                beginReading();
                if (writers.word() != WriterWord.FREE) {
                    // R3: a writer was quicker. It may have seen us and wait.
                    endReading();
                    return false;
                }
            }
            readers++;
            return true;
        } finally {
            steps.unlock();
        }
    }

    private boolean mayRead(boolean probe) {
        long word = writers.word();
        if (WriterWord.isUnusable(word)) {
            throw new UnusableLockException(memory.name());
        }
        if (writers.isHalfWritten(word, probe)) {
            throw new RepairNeededException(memory.name());
        }
        return writers.isOpen(probe);
    }

    private void beginReading() {
        if (readers == 0) {
            if (!slots.begin(slot)) {
                throw lost("reader slot " + slot);
            }
            memory.setLong(ReadWriteLayout.since(slot), CoarseClock.millis());
        }
    }

    private void endReading() {
        if (!slots.end(slot)) {
            throw lost("reader slot " + slot);
        }
        drain.wake();
    }

    /** Ends reading for one thread. */
    void stopReading() {
        steps.lock();
        try {
            checkUse();
            readers--;
            if (readers == 0) {
                endReading();
            } else if (!slots.isOwnReading(slot)) {
                throw lost("reader slot " + slot);
            }
        } finally {
            steps.unlock();
        }
    }

    /** The slot was given to others: forget it, and take another one on the next use. */
    private FencedException lost(String what) {
        slot = -1;
        return new FencedException(memory.name(), "own " + what, "another's");
    }

    // ---- writing --------------------------------------------------------------------------------------------------

    /** Begins to write, waiting for it. Returns false if the deadline passed first. */
    boolean write(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(memory.name() + ": interrupted before waiting");
        }
        if (!claim(deadline)) {
            return false;
        }
        boolean entered = false;
        try {
            entered = wait.await(this::drained, drain, isDrained, deadline);
        } finally {
            if (!entered) {
                withdraw();
            }
        }
        if (entered) {
            enter();
        }
        return entered;
    }

    /** Begins to write if that is possible now. */
    boolean tryWrite() {
        if (!tryClaim(true)) {
            return false;
        }
        boolean entered = false;
        try {
            entered = drained(true);
        } finally {
            if (!entered) {
                withdraw();
            }
        }
        if (entered) {
            enter();
        }
        return entered;
    }

    /** W1, with the wait for it. */
    private boolean claim(long deadline) throws InterruptedException {
        if (!fair && tryClaim(false)) {
            return true;
        }
        queueing.lockInterruptibly();
        try {
            Place place = queue(ReadWriteLayout.WANTS_WRITING);
            try {
                return wait.await(
                        probe -> place.mayGo(probe) && claimOrAsk(probe),
                        gate,
                        () -> writers.isClaimable() && place.mayGo(false),
                        deadline);
            } finally {
                place.leave();
                writers.withdrawIntent();
            }
        } finally {
            queueing.unlock();
        }
    }

    private boolean claimOrAsk(boolean probe) {
        if (tryClaim(probe)) {
            return true;
        }
        writers.announceIntent();
        return false;
    }

    private boolean tryClaim(boolean probe) {
        steps.lock();
        try {
            checkUse();
            long word = writers.claim(probe);
            if (WriterWord.isUnusable(word)) {
                throw new UnusableLockException(memory.name());
            }
            writing = word;
            undrained = 0;
            return word != 0;
        } finally {
            steps.unlock();
        }
    }

    /** W2, as far as it goes without waiting. */
    private boolean drained(boolean probe) {
        steps.lock();
        try {
            checkUse();
            while (undrained < slots.count() && slots.isLeft(undrained, probe)) {
                undrained++;
            }
            return undrained == slots.count();
        } finally {
            steps.unlock();
        }
    }

    private boolean isDrained() {
        return undrained == slots.count() || !slots.isReading(undrained);
    }

    /** W3. */
    private void enter() {
        // A death above leaves a claim with nothing written, below a writer's death to be told.
        replaceWriting(WriterWord.enter(writing));
        memory.getAndAddLong(ReadWriteLayout.ACQUISITIONS, 1);
        memory.setLong(ReadWriteLayout.WRITING_SINCE, CoarseClock.millis());
    }

    private void withdraw() {
        steps.lock();
        try {
            if (!closed && writing != 0) {
                // Losing it means that we were held for dead, before anything was written: nobody is harmed.
                writers.replace(writing, WriterWord.withdraw(writing));
                writing = 0;
            }
        } finally {
            steps.unlock();
        }
    }

    /** W4. */
    void stopWriting() {
        replaceWriting(WriterWord.release(writing));
    }

    /** Says that the state is whole. */
    void markConsistent() {
        replaceWriting(writing & ~WriterWord.INCONSISTENT);
    }

    private void replaceWriting(long next) {
        steps.lock();
        try {
            checkUse();
            long own = writing;
            if (!writers.replace(own, next)) {
                writing = 0;
                throw new FencedException(
                        memory.name(), "writer " + Long.toHexString(own), Long.toHexString(writers.word()));
            }
            writing = WriterWord.isOwned(next) ? next : 0;
        } finally {
            steps.unlock();
        }
    }

    /** Whether this attachment has the lock for writing. */
    boolean isWriting() {
        long word = writing;
        return word != 0 && !WriterWord.isPending(word);
    }

    /** Whether this attachment writes and was told of a death that nobody has repaired. */
    boolean isInconsistent() {
        return WriterWord.isInconsistent(writing);
    }

    /** Token of the last writer that died while writing. */
    long deadWriter() {
        return memory.getLongAcquire(ReadWriteLayout.DEAD_WRITER);
    }

    /** Number of this attachment's acquisition, while it writes. */
    long acquisition() {
        return memory.getLongAcquire(ReadWriteLayout.ACQUISITIONS);
    }

    /** Frees an unusable lock. */
    boolean reset() {
        steps.lock();
        try {
            checkUse();
            return WriterWord.isUnusable(writers.word()) && writers.replace(WriterWord.UNUSABLE, WriterWord.FREE);
        } finally {
            steps.unlock();
        }
    }

    // ---- queueing -------------------------------------------------------------------------------------------------

    /** A place in the queue of a fair lock, and what people see of a wait. */
    private final class Place {

        private final int own;
        private final long number;

        Place(int own, long number) {
            this.own = own;
            this.number = number;
        }

        boolean mayGo(boolean probe) {
            return !fair || order.mayGo(own, number, probe);
        }

        void leave() {
            memory.setLong(ReadWriteLayout.wants(own), ReadWriteLayout.WANTS_NOTHING);
            if (fair) {
                order.leave(own, number);
            }
        }
    }

    private Place queue(long wants) {
        steps.lock();
        try {
            checkUse();
            long number = ArrivalOrder.NONE;
            if (fair) {
                number = order.arrive(slot, wants == ReadWriteLayout.WANTS_WRITING);
                if (number == ArrivalOrder.NONE) {
                    throw lost("place in the queue");
                }
            }
            if (readers == 0) {
                memory.setLong(ReadWriteLayout.since(slot), CoarseClock.millis());
            }
            memory.setLong(ReadWriteLayout.wants(slot), wants);
            return new Place(slot, number);
        } finally {
            steps.unlock();
        }
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    /** Gives the slot back and ends all use; threads that wait find out within a slice. Returns false if done before. */
    boolean close() {
        steps.lock();
        try {
            if (closed) {
                return false;
            }
            if (readers > 0 || isWriting()) {
                throw new IllegalStateException(memory.name() + ": closed while a thread holds it for "
                        + (readers > 0 ? "reading" : "writing"));
            }
            withdraw();
            if (slot >= 0) {
                slots.detach(slot);
            }
            closed = true;
            return true;
        } finally {
            steps.unlock();
        }
    }

    void checkOpen() {
        steps.lock();
        try {
            if (closed) {
                throw new DetachedException(memory.name());
            }
        } finally {
            steps.unlock();
        }
    }

    private void checkUse() {
        if (closed) {
            throw new DetachedException(memory.name());
        }
        if (slot < 0) {
            slot = attach();
        }
    }
}
