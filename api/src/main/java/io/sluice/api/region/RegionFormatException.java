package io.sluice.api.region;

import java.nio.file.Path;

/** A file is not the region that it should be. It was only read. */
public final class RegionFormatException extends RegionException {

    private static final long serialVersionUID = 1L;

    private final String field;

    /** Names file and field, and says what was expected and found. */
    public RegionFormatException(Path file, String field, Object expected, Object found) {
        super(file, field + ": expected " + expected + ", found " + found, null);
        this.field = field;
    }

    /** Which field of the header, or property of the file, is wrong. */
    public String field() {
        return field;
    }
}
