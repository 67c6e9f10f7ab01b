package io.sluice.locks.readwrite;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.Deadline;
import io.sluice.locks.waiting.Interrupts;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** The lock for reading, to the threads of this process. */
final class ReadSide implements Lock {

    private final RegionMemory memory;
    private final ReentrantReadWriteLock threads;
    private final Attachment attachment;

    ReadSide(RegionMemory memory, ReentrantReadWriteLock threads, Attachment attachment) {
        this.memory = memory;
        this.threads = threads;
        this.attachment = attachment;
    }

    @Override
    public void lock() {
        long deadline = Deadline.never(memory);
        Interrupts.defer(() -> lock(deadline));
    }

    @Override
    public void lockInterruptibly() throws InterruptedException {
        lock(Deadline.never(memory));
    }

    @Override
    public boolean tryLock() {
        if (!ThreadLocks.tryRead(memory, threads)) {
            attachment.checkOpen();
            return false;
        }
        boolean held = false;
        try {
            held = threads.getReadHoldCount() > 1 || attachment.reading().tryStart(true);
            return held;
        } finally {
            if (!held) {
                threads.readLock().unlock();
            }
        }
    }

    @Override
    public boolean tryLock(long time, TimeUnit unit) throws InterruptedException {
        return lock(Deadline.after(memory, time, unit));
    }

    private boolean lock(long deadline) throws InterruptedException {
        long left = Deadline.nanosLeft(memory, deadline);
        if (!ThreadLocks.tryRead(memory, threads, left)) {
            attachment.checkOpen();
            return false;
        }
        boolean held = false;
        try {
            // A thread that reads already must not stand back for a waiting writer, which waits for it.
            held = threads.getReadHoldCount() > 1 || attachment.reading().start(deadline);
            return held;
        } finally {
            if (!held) {
                threads.readLock().unlock();
            }
        }
    }

    @Override
    public void unlock() {
        int holds = threads.getReadHoldCount();
        if (holds == 0) {
            throw new IllegalMonitorStateException(memory.name() + ": not held for reading by this thread");
        }
        try {
            if (holds == 1) {
                attachment.reading().stop();
            }
        } finally {
            threads.readLock().unlock();
        }
    }

    @Override
    public Condition newCondition() {
        throw new UnsupportedOperationException(memory.name() + ": a read lock has no conditions; use an event count");
    }

    @Override
    public String toString() {
        return memory.name() + " for reading";
    }
}
