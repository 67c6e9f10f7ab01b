package io.sluice.api.lock;

/**
 * What all locks and their relatives have in common: an attachment of this process to one of them. Any thread may use
 * it; several attachments of one process to one lock count as strangers to each other.
 */
public interface Synchronizer extends AutoCloseable {

    /** The variant. */
    LockKind kind();

    /** What exceptions call it, usually the path of its file. */
    String name();

    /**
     * Who holds it, since when, and who waits; {@link LockStat} says what that means for each kind. Reads without taking
     * anything and without waiting, so under use it is a picture of the recent past whose parts need not belong to one
     * moment. Costs a system call per process in it.
     *
     * @throws io.sluice.api.memory.DetachedException if this attachment is closed
     * @throws CorruptLockException if a word that it reads cannot be what the lock's own code wrote
     */
    LockStat stat();

    /**
     * Ends this attachment. Threads of this process that still wait in it get
     * {@link io.sluice.api.memory.DetachedException}, as does every later use. Idempotent.
     *
     * @throws IllegalStateException if a thread holds through this attachment what cannot be given back for it; nothing
     *     was closed. The interfaces say where that is so.
     */
    @Override
    void close();
}
