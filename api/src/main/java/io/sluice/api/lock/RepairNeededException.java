package io.sluice.api.lock;

/**
 * A writer died while it wrote, and no other has repaired the state since: there is nothing that may be read. Nothing
 * was acquired. Whoever can repair takes the write lock, is told of the death there, and marks the state consistent.
 */
public final class RepairNeededException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names the lock. */
    public RepairNeededException(String name) {
        super(name + ": a writer died while writing; what the lock protects may be half-written: take the write lock,"
                + " repair and call markConsistent()");
    }
}
