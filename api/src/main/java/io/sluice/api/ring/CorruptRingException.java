package io.sluice.api.ring;

/**
 * A ring's shared state cannot be what the ring's own code wrote: another program stored into the file, or memory
 * failed. Nothing was delivered from the named place.
 */
public final class CorruptRingException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** Names ring, field and position, and says what was expected and found. */
    public CorruptRingException(String ring, String field, long position, String expected, String found) {
        super(ring + ": corrupt " + field + " at position " + position + ": expected " + expected + ", found " + found);
        this.field = field;
    }

    /** What is damaged, with its lane or slot: the same as long as it is the same word, whatever is found there. */
    public String field() {
        return field;
    }
}
