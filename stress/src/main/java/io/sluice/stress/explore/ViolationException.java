package io.sluice.stress.explore;

/** An execution did what the contract forbids. */
public final class ViolationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** A violation in words. */
    public ViolationException(String message) {
        super(message);
    }
}
