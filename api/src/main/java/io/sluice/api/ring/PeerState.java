package io.sluice.api.ring;

/**
 * The other side of a ring, as it is now. Of several who have places there: {@link #LIVE} if one lives, else
 * {@link #DEAD} if one died and nobody took its place over, else {@link #CLOSED} if one closed, else {@link #ABSENT}.
 */
public enum PeerState {
    /** Nobody has the role: not joined yet, or left. */
    ABSENT,
    /** A live process has the role; it may be paused. */
    LIVE,
    /** The process that has the role is dead. */
    DEAD,
    /** The role's last holder closed the ring. */
    CLOSED
}
