package io.sluice.api.ring;

/**
 * A handle found that its role now belongs to another process: somebody was given it because this process was held for
 * dead. Nothing was published by the call that threw. The handle is of no more use; join again for a new one.
 */
public final class LeaseLostException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names the ring, the role and both tokens. */
    public LeaseLostException(String ring, String role, long expected, long found) {
        super(ring + ": the " + role + " role was taken over: expected owner " + Long.toHexString(expected) + ", found "
                + Long.toHexString(found));
    }
}
