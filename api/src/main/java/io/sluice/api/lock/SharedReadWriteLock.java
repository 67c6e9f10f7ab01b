package io.sluice.api.lock;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;

/**
 * A reentrant read-write lock between the threads of many processes that survives the death of readers and writers:
 * many read, or one writes.
 *
 * <p><b>A dead reader's</b> hold is gone as soon as a writer asks and the death is proved. <b>A dead writer</b> is told
 * as {@link RobustLock} tells it: exactly one writer gets the lock next, with an {@link OwnerDiedException}, repairs
 * and calls {@link RobustLock#markConsistent()}. Until then every reader is refused with a
 * {@link RepairNeededException}, so that nobody reads what may be half-written. A writer that dies while it still waits
 * for readers to leave has written nothing and leaves nothing to tell. <b>A paused</b> reader or writer keeps what it
 * has, however long the pause.
 *
 * <p><b>Who goes first</b>: by default writers, who keep new readers out from the moment they begin to wait; a
 * stream of writers starves readers. A <em>fair</em> lock serves processes in the order of their arrival, with
 * adjacent readers together; arriving costs a look at every attachment, and an interrupt of a thread that waits in
 * {@code lock()} costs its process its turn: it goes on waiting behind those who wait by then. Within a process threads
 * wait as in a {@link java.util.concurrent.locks.ReentrantReadWriteLock} of the same fairness. {@code tryLock()} without
 * a timeout never queues; that of the write lock returns {@code false} to a reading thread.
 *
 * <p><b>Threads</b>: holds belong to threads; a process reads as long as any thread of it does. A writing thread may
 * take the read lock and then release the write lock (downgrade); a reading thread that asks for the write lock gets an
 * {@link IllegalMonitorStateException}, since it would wait for itself. Virtual threads may use it. The threads of an
 * attachment can hold the read lock {@value #MAX_HOLDS} times in all, and one of them the write lock as often; an
 * acquisition beyond that throws {@link IllegalStateException} and acquires nothing.
 *
 * <p><b>Attachments</b>: as many as said on creation, 64 by default; one more gets a {@link LockFullException}. The
 * attachment of a dead process makes room.
 *
 * <p><b>Progress</b>: {@code tryLock()} without a timeout and {@code unlock()}, of either side, are lock-free between
 * processes: what they try is tried again only where another process got on. The threads of one process share its
 * place in the lock, and wait there for each other for as long as a few loads and stores take. What else
 * acquires waits for whoever holds the lock, paused ones included; in a fair lock until all who came before have gone,
 * else perhaps for as long as others come.
 *
 * <p><b>Memory consistency</b>: releasing the write lock <em>happens-before</em> every later acquisition of either
 * lock, releasing the read lock happens-before every later acquisition of the write lock, in whatever process.
 * Everything that one did who died with a lock happens-before what follows the acquisition that its death made
 * possible.
 *
 * <p>{@link #close()} throws {@link IllegalStateException} while a thread holds either lock through this attachment.
 */
public interface SharedReadWriteLock extends Synchronizer, ReadWriteLock {

    /** How many attachments a lock has room for when its creator does not say. */
    int DEFAULT_ATTACHMENTS = 64;

    /** The greatest number of attachments that a lock can be made for. */
    int MAX_ATTACHMENTS = 4096;

    /** How often either lock can be held through one attachment. */
    int MAX_HOLDS = 65_535;

    /**
     * The lock for reading, the same object every time. Beyond what {@link Lock} says its acquiring methods throw
     * {@link RepairNeededException}, {@link UnusableLockException}, {@link CorruptLockException} when a shared word is
     * none that this code writes, {@link FencedException} when this process was held for dead, then
     * {@link LockFullException} if no place among the attachments is left for it, and
     * {@link io.sluice.api.memory.DetachedException}; with any of them nothing is held. {@code unlock} throws
     * {@link FencedException} if writers were let in because this process was held for dead, and
     * {@link CorruptLockException} as the others. It has no conditions.
     */
    @Override
    Lock readLock();

    /**
     * The lock for writing, the same object every time. {@link RobustLock} says what its methods throw;
     * {@link CorruptLockException} also comes of a reader's word that is none that this code writes, and
     * {@link LockFullException} as from {@link #readLock()}.
     */
    @Override
    RobustLock writeLock();

    /** How many attachments there can be. */
    int attachments();

    /** Whether processes are served in the order of their arrival. */
    boolean isFair();
}
