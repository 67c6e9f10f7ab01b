package io.sluice.api.lock;

/**
 * What this process had acquired was given to others because this process was held for dead. The call changed nothing;
 * what was done since the last acquisition may have met what the others did.
 */
public final class FencedException extends IllegalMonitorStateException {

    private static final long serialVersionUID = 1L;

    /** Names the lock and says what was expected and found. */
    public FencedException(String name, String expected, String found) {
        super(name + ": lost to another process while this one was held for dead: expected " + expected + ", found "
                + found);
    }
}
