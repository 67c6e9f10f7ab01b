package io.sluice.api.lock;

/**
 * A lock's shared state cannot be what the lock's own code wrote: another program stored into the file, or memory
 * failed. Nothing was acquired or released.
 */
public final class CorruptLockException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names lock and field, and says what was expected and found. */
    public CorruptLockException(String name, String field, String expected, String found) {
        super(name + ": corrupt " + field + ": expected " + expected + ", found " + found);
    }
}
