package io.sluice.api.lock;

/**
 * The lock was acquired, and its previous owner died with it: what it protects may be half-written. The thread that
 * gets this <em>holds the lock</em>; see {@link RobustLock} for what it does next.
 */
public final class OwnerDiedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final transient RobustLock lock;
    private final long deadOwner;

    /** Names the lock and the token of the dead process. */
    public OwnerDiedException(String name, RobustLock lock, long deadOwner) {
        super(name + ": its owner, process " + Long.toHexString(deadOwner)
                + ", died; the lock is now held by this thread: repair what it protects and call markConsistent(),"
                + " then unlock()");
        this.lock = lock;
        this.deadOwner = deadOwner;
    }

    /** The lock, held by the thread that caught this. */
    public RobustLock lock() {
        return lock;
    }

    /** Token of the process that died. */
    public long deadOwner() {
        return deadOwner;
    }
}
