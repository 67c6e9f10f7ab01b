package io.sluice.api.ring;

/** A message that can never fit into its ring. */
public final class MessageTooLargeException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** Names the ring and both lengths in bytes. */
    public MessageTooLargeException(String ring, long length, long longest) {
        super(ring + ": a message of " + length + " bytes is too large, the longest is " + longest + " bytes");
    }
}
