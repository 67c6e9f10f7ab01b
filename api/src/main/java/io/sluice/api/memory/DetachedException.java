package io.sluice.api.memory;

/** A region, or a ring or lock on it, was used after it was detached or closed. Nothing was read or written. */
public final class DetachedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names what was used too late. */
    public DetachedException(String what) {
        super(what + " is detached: it was closed before this use");
    }
}
