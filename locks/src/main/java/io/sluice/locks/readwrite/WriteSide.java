package io.sluice.locks.readwrite;

import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.lock.RobustLock;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.Deadline;
import io.sluice.locks.waiting.Interrupts;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The lock for writing, to the threads of this process. */
final class WriteSide implements RobustLock {

    private final RegionMemory memory;
    private final ReentrantReadWriteLock threads;
    private final Attachment attachment;
    private final Interrupts.Waiting acquiring = this::acquireForEver;
    private volatile Repair repair;

    WriteSide(RegionMemory memory, ReentrantReadWriteLock threads, Attachment attachment) {
        this.memory = memory;
        this.threads = threads;
        this.attachment = attachment;
    }

    @Override
    public void lock() {
        checkNoUpgrade();
        Interrupts.defer(acquiring);
        tellOfDeath();
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        checkNoUpgrade();
        acquire(Deadline.never(memory));
        tellOfDeath();
    }

    @Override
    public boolean tryLock() {
        if (!ThreadLocks.tryWrite(memory, threads)) {
            attachment.checkOpen();
            return false;
        }
        boolean held = false;
        try {
            held = threads.getWriteHoldCount() > 1
                    ? attachment.writing().reenter()
                    : attachment.writing().tryStart();
        } finally {
            if (!held) {
                threads.writeLock().unlock();
            }
        }
        if (held) {
            tellOfDeath();
        }
        return held;
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        checkNoUpgrade();
        boolean held = acquire(Deadline.after(memory, time, unit));
        if (held) {
            tellOfDeath();
        }
        return held;
    }

    private void acquireForEver() throws InterruptedException {
        acquire(Deadline.never(memory));
    }

    private boolean acquire(long deadline) throws InterruptedException {
        long left = Deadline.nanosLeft(memory, deadline);
        if (!ThreadLocks.tryWrite(memory, threads, left)) {
            attachment.checkOpen();
            return false;
        }
        boolean held = false;
        try {
            held = threads.getWriteHoldCount() > 1
                    ? attachment.writing().reenter()
                    : attachment.writing().start(deadline);
            return held;
        } finally {
            if (!held) {
                threads.writeLock().unlock();
            }
        }
    }

    private void checkNoUpgrade() {
        if (threads.getReadHoldCount() > 0 && !threads.isWriteLockedByCurrentThread()) {
            throw new IllegalMonitorStateException(memory.name()
                    + ": held for reading by this thread, which would wait for itself: unlock the read lock first");
        }
    }

    /** Only the outermost acquisition tells; a thread that locks again has been told. */
    private void tellOfDeath() {
        if (threads.getWriteHoldCount() > 1 || !attachment.writing().isInconsistent()) {
            return;
        }
        boolean told = false;
        try {
            OwnerDiedException death = new OwnerDiedException(
                    memory.name(), this, attachment.writing().deadWriter());
            Repair configured = repair;
            if (configured == null) {
                told = true;
                throw death;
            }
            configured.repair(death);
            attachment.writing().markConsistent();
            told = true;
        } finally {
            // Not repaired; or there is no memory for the exception, and this thread cannot know that it is the owner.
            if (!told) {
                unlockWithoutRepair();
            }
        }
    }

    /** Makes the lock unusable, however often the callback that failed has locked it once more. */
    private void unlockWithoutRepair() {
        while (threads.isWriteLockedByCurrentThread()) {
            unlock();
        }
    }

    @Override
    public void unlock() {
        checkOwner();
        try {
            if (threads.getWriteHoldCount() == 1) {
                attachment.writing().stop();
            }
        } finally {
            threads.writeLock().unlock();
        }
    }

    @Override
    public void markConsistent() {
        checkOwner();
        if (attachment.writing().isInconsistent()) {
            attachment.writing().markConsistent();
        }
    }

    @Override
    public void onOwnerDeath(Repair newRepair) {
        this.repair = newRepair;
    }

    @Override
    public boolean reset() {
        return attachment.writing().reset();
    }

    @Override
    public boolean isHeldByCurrentThread() {
        return threads.isWriteLockedByCurrentThread();
    }

    @Override
    public int holdCount() {
        return threads.getWriteHoldCount();
    }

    @Override
    public long fencingToken() {
        checkOwner();
        return attachment.writing().acquisition();
    }

    private void checkOwner() {
        if (!threads.isWriteLockedByCurrentThread()) {
            throw new IllegalMonitorStateException(memory.name() + ": not held for writing by this thread");
        }
    }

    @Override
    public String toString() {
        return memory.name() + " for writing";
    }
}
