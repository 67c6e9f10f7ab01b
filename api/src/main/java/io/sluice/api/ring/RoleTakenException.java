package io.sluice.api.ring;

/** A role is held by as many live processes as the ring has places for. */
public final class RoleTakenException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names the ring, the role and the token of its holder. */
    public RoleTakenException(String ring, String role, long holder) {
        super(ring + ": the " + role + " role is held by live process " + Long.toHexString(holder));
    }

    /** Names the ring and the role, and says how many places there are for it, all of them held by live processes. */
    public static RoleTakenException everyPlace(String ring, String role, int places) {
        return new RoleTakenException(
                ring + ": all " + places + " places for the " + role + " role are held by live processes");
    }

    private RoleTakenException(String message) {
        super(message);
    }
}
