package io.sluice.api.region;

import java.nio.file.Path;

/** The region was destroyed while it was being attached to. */
public final class RegionDestroyedException extends RegionException {

    private static final long serialVersionUID = 1L;

    RegionDestroyedException(Path file) {
        super(file, "was destroyed", null);
    }
}
