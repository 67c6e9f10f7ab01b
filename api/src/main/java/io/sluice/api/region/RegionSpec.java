package io.sluice.api.region;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What a structure wants of its region.
 *
 * @param kind such as {@code ring.spsc}: at most 31 lower-case letters, digits, dots and hyphens
 * @param bodyBytes bytes behind the header
 * @param geometry up to 8 numbers that the kind gives a meaning to; padded with zeros to 8
 */
public record RegionSpec(String kind, long bodyBytes, List<Long> geometry) {

    private static final Pattern KIND = Pattern.compile("[a-z0-9.-]{1,31}");
    private static final long PAGE = 4096;

    /** Checks what can be checked without a file. */
    public RegionSpec {
        Objects.requireNonNull(kind, "kind");
        if (!KIND.matcher(kind).matches()) {
            throw new IllegalArgumentException("region kind \"" + kind + "\": expected 1 to 31 of a-z 0-9 . -");
        }
        if (bodyBytes < 0 || bodyBytes > Long.MAX_VALUE / 2) {
            throw new IllegalArgumentException(
                    "region body of " + bodyBytes + " bytes: expected 0 to " + Long.MAX_VALUE / 2);
        }
        if (geometry.size() > RegionHeaderLayout.GEOMETRY_LONGS) {
            throw new IllegalArgumentException(
                    geometry.size() + " geometry numbers, at most " + RegionHeaderLayout.GEOMETRY_LONGS);
        }
        List<Long> padded = new ArrayList<>(geometry);
        padded.addAll(Collections.nCopies(RegionHeaderLayout.GEOMETRY_LONGS - geometry.size(), 0L));
        geometry = List.copyOf(padded);
    }

    /** A region of {@code kind} with these geometry numbers. */
    public static RegionSpec of(String kind, long bodyBytes, Long... geometry) {
        return new RegionSpec(kind, bodyBytes, List.of(geometry));
    }

    /** Bytes of the file: header and body, in whole pages, at least {@link RegionHeaderLayout#CONTROL_BYTES}. */
    public long fileBytes() {
        long bytes = Math.max(RegionHeaderLayout.CONTROL_BYTES, RegionHeaderLayout.BODY + bodyBytes);
        return (bytes + PAGE - 1) & -PAGE;
    }
}
