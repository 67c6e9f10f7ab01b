package io.sluice.api.region;

import java.nio.file.Path;

/** All entries of the attach table belong to live attachments. */
public final class RegionFullException extends RegionException {

    private static final long serialVersionUID = 1L;

    RegionFullException(Path file) {
        super(file, "all " + RegionHeaderLayout.ATTACHMENT_COUNT + " attachments are in use by live processes", null);
    }
}
