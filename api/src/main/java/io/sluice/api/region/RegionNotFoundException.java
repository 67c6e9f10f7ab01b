package io.sluice.api.region;

import java.nio.file.Path;

/** There is no region of that name. */
public final class RegionNotFoundException extends RegionException {

    private static final long serialVersionUID = 1L;

    RegionNotFoundException(Path file) {
        super(file, "no such region", null);
    }
}
