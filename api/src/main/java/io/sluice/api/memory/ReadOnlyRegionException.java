package io.sluice.api.memory;

/** A write was tried through a read-only attachment. Nothing was written. */
public final class ReadOnlyRegionException extends UnsupportedOperationException {

    private static final long serialVersionUID = 1L;

    /** Names the region. */
    public ReadOnlyRegionException(String region) {
        super(region + " is attached read-only: open it for writing to change it");
    }
}
