package io.sluice.api.region;

import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Where a region is: a directory and a name in it.
 *
 * @param directory absolute directory; regions of one directory share a participants file
 * @param name 1 to 200 letters, digits, dots, hyphens and underscores, not starting with a dot
 */
public record RegionAddress(Path directory, String name) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

    /** Checks the name. */
    public RegionAddress {
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(name, "name");
        if (!isName(name)) {
            throw new IllegalArgumentException("region name \"" + printable(name)
                    + "\": expected 1 to 200 letters, digits, '.', '-' and '_', not starting with '.'");
        }
        directory = directory.toAbsolutePath().normalize();
    }

    /** Whether {@code name} can be a region's. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches();
    }

    /** A name in the default directory, see {@link Settings#directory()}. */
    public static RegionAddress of(String name) {
        return new RegionAddress(Settings.directory(), name);
    }

    /** A name in another directory. */
    public static RegionAddress of(Path directory, String name) {
        return new RegionAddress(directory, name);
    }

    /** The region's file. */
    public Path path() {
        return directory.resolve(name);
    }

    private static String printable(String name) {
        String shown = name.length() > 60 ? name.substring(0, 60) + "... (" + name.length() + ")" : name;
        return shown.replaceAll("[^\\x20-\\x7e]", "?");
    }

    @Override
    public String toString() {
        return path().toString();
    }
}
