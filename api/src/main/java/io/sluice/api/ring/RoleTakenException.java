package io.sluice.api.ring;

/** A role that only one process may have at a time is held by a live one. */
public final class RoleTakenException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names the ring, the role and the token of its holder. */
    public RoleTakenException(String ring, String role, long holder) {
        super(ring + ": the " + role + " role is held by live process " + Long.toHexString(holder));
    }
}
