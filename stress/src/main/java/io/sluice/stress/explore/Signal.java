package io.sluice.stress.explore;

/**
 * Unwinds an actor's stack, because somebody else runs now, or because it was killed. Not an exception to handle.
 * Without a stack trace and made once per actor, because it is thrown at every switch.
 */
final class Signal extends Error {

    private static final long serialVersionUID = 1L;

    Signal() {
        super("the actor stops here", null, false, false);
    }
}
