package io.sluice.stress.explore;

/** A scenario, or the code it runs, did something else when it was given the same answers: it cannot be explored. */
public final class NotDeterministicException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotDeterministicException(String message) {
        super(message);
    }
}
