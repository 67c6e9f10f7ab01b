package io.sluice.api.lock;

/** Live processes have taken every place of a lock or one of its relatives. Nothing changed. */
public final class LockFullException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names the lock, what it has no more of, and how many there are. */
    public LockFullException(String name, String what, int limit) {
        super(name + ": all " + limit + " " + what + " are taken by live processes");
    }
}
