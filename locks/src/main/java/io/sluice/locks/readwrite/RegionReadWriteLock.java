package io.sluice.locks.readwrite;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.RobustLock;
import io.sluice.api.lock.SharedReadWriteLock;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * A read-write lock in a region. A lock of this JVM decides first which of its threads may read or write, and knows who
 * has locked how often; then {@link Attachment} acquires on behalf of them all. So one writing thread per process
 * contends in shared memory, and the processes' reading threads share one slot.
 */
public final class RegionReadWriteLock implements SharedReadWriteLock {

    private final RegionMemory memory;
    private final int attachments;
    private final boolean fair;
    private final Runnable onClose;
    private final Attachment attachment;
    private final ReadSide readSide;
    private final WriteSide writeSide;

    /**
     * Attaches to the lock in {@code memory}; all zero is a new one.
     *
     * @param attachments how many there can be, the same for all
     * @param fair whether to serve in the order of arrival, the same for all
     * @param onClose called once, when this attachment is closed
     * @throws io.sluice.api.lock.LockFullException if there are as many already
     */
    public RegionReadWriteLock(
            RegionMemory memory, int attachments, boolean fair, WaitStrategy strategy, Runnable onClose) {
        this.memory = memory;
        this.attachments = attachments;
        this.fair = fair;
        this.onClose = onClose;
        this.attachment = new Attachment(memory, attachments, fair, strategy);
        ReentrantReadWriteLock threads = new ReentrantReadWriteLock(fair);
        this.readSide = new ReadSide(memory, threads, attachment);
        this.writeSide = new WriteSide(memory, threads, attachment);
    }

    /** Bytes that a lock takes behind a region's header. */
    public static long bodyBytes(int attachments) {
        return ReadWriteLayout.bodyBytes(attachments);
    }

    @Override
    public LockKind kind() {
        return LockKind.READ_WRITE_LOCK;
    }

    @Override
    public String name() {
        return memory.name();
    }

    @Override
    public Lock readLock() {
        return readSide;
    }

    @Override
    public RobustLock writeLock() {
        return writeSide;
    }

    @Override
    public int attachments() {
        return attachments;
    }

    @Override
    public boolean isFair() {
        return fair;
    }

    @Override
    public LockStat stat() {
        attachment.checkOpen();
        return ReadWriteStat.of(memory, attachments);
    }

    @Override
    public void close() {
        if (attachment.close()) {
            onClose.run();
        }
    }
}
