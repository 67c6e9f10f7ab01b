package io.sluice.api.region;

import java.nio.file.Path;

/** The name is taken; nothing was created. */
public final class RegionExistsException extends RegionException {

    private static final long serialVersionUID = 1L;

    RegionExistsException(Path file) {
        super(file, "exists already", null);
    }
}
