package io.sluice.api.ring;

/**
 * A message that does not have the form that its reader expects. Whoever throws this says what became of the message.
 */
public final class MalformedMessageException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final long position;

    /** Names ring and position, and says what was expected and found. */
    public MalformedMessageException(String ring, long position, String expected, String found, Throwable cause) {
        super(
                ring + ": malformed message at position " + position + ": expected " + expected + ", found " + found,
                cause);
        this.position = position;
    }

    /** Position of the message, see {@link Message#position()}. */
    public long position() {
        return position;
    }
}
