package io.sluice.api.lock;

/** A process that had promised to count a latch down died, or left, before it did: the latch will never open. */
public final class BrokenLatchException extends Exception {

    private static final long serialVersionUID = 1L;

    private final long deadParty;

    /** Names the latch and the token of the process. */
    public BrokenLatchException(String name, long deadParty) {
        super(name + ": broken: process " + Long.toHexString(deadParty) + " was to count it down and is gone");
        this.deadParty = deadParty;
    }

    /** Token of the process that did not keep its promise. */
    public long deadParty() {
        return deadParty;
    }
}
