package io.sluice.api.lock;

/**
 * An owner died and the next one unlocked without {@link RobustLock#markConsistent()}: nobody gets the lock until
 * {@link RobustLock#reset()}. Nothing was acquired.
 */
public final class UnusableLockException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names the lock. */
    public UnusableLockException(String name) {
        super(name + ": unusable: an owner died and the next one unlocked without markConsistent();"
                + " repair what it protects and call reset()");
    }
}
