package io.sluice.cli.pipe;

/** How a received stream ended. */
public enum Ending {
    /** With everything that its sender had to send. */
    COMPLETE,
    /** The sender died; what it had committed was delivered. */
    SENDER_DIED,
    /** The sender left before its end, by Ctrl-C or because it failed; what it had committed was delivered. */
    SENDER_LEFT
}
