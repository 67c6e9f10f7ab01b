package io.sluice.cli.pipe;

/**
 * Type ids of the messages with which {@code send} and {@code receive} make a pipe of a ring.
 *
 * <pre>
 *   BEGIN (DATA | LINE | PART)* END
 * </pre>
 *
 * <p>A stream that is cut off, by the next BEGIN or by the sender's absence, is thereby known to be incomplete. The
 * messages of other programs count as {@link #DATA}; the end of theirs is the ring's own end.
 */
final class Frame {

    /** Bytes as they are. */
    static final int DATA = 0;

    /** A line, or the last part of one, without its line feed. */
    static final int LINE = 0x536c_0001;

    /** A part of a line whose rest follows, or a last line that has no line feed. */
    static final int PART = 0x536c_0002;

    /** A sender begins. */
    static final int BEGIN = 0x536c_0003;

    /** The sender has sent everything. */
    static final int END = 0x536c_0004;

    private Frame() {}
}
