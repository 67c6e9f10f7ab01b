package io.sluice.api.ring;

/** A message's bytes do not match its checksum. The message was skipped; the next call goes on behind it. */
public final class ChecksumException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names ring and position, and both CRC32C values. */
    public ChecksumException(String ring, long position, int expected, int found) {
        super(String.format(
                "%s: message at position %d skipped: its CRC32C is %08x, expected %08x",
                ring, position, found, expected));
    }
}
