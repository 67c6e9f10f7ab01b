package io.sluice.api.region;

import io.sluice.api.memory.MappingMode;
import java.nio.file.Path;

/**
 * Every system property and environment variable that Sluice reads. A value given in code comes first, then the
 * property, then the variable, then the default.
 *
 * <table>
 * <caption>Settings</caption>
 * <tr><th>property</th><th>variable</th><th>meaning</th><th>default</th></tr>
 * <tr><td>{@code sluice.dir}</td><td>{@code SLUICE_DIR}</td><td>directory of regions</td>
 *     <td>{@code /dev/shm/sluice-USER}</td></tr>
 * <tr><td>{@code sluice.mapping}</td><td>{@code SLUICE_MAPPING}</td><td>{@link MappingMode}</td>
 *     <td>{@code auto}</td></tr>
 * </table>
 *
 * <p>Values are read at each use. Any thread.
 */
public final class Settings {

    private Settings() {}

    /** Directory of regions whose address names none. */
    public static Path directory() {
        String value = value("sluice.dir", "SLUICE_DIR");
        if (value != null) {
            return Path.of(value).toAbsolutePath().normalize();
        }
        return defaultDirectory();
    }

    /** Directory of regions when nothing else is asked for. */
    static Path defaultDirectory() {
        String user = System.getProperty("user.name", "unknown").replaceAll("[^A-Za-z0-9._-]", "_");
        return Path.of("/dev/shm", "sluice-" + user);
    }

    /** How regions are mapped whose options do not say. */
    public static MappingMode mapping() {
        String value = value("sluice.mapping", "SLUICE_MAPPING");
        if (value == null) {
            return MappingMode.AUTO;
        }
        for (MappingMode mode : MappingMode.values()) {
            if (mode.name().equalsIgnoreCase(value.strip())) {
                return mode;
            }
        }
        throw new IllegalArgumentException(
                "setting sluice.mapping: expected auto, chronicle or standard, found \"" + value + "\"");
    }

    private static String value(String property, String variable) {
        String value = System.getProperty(property, System.getenv(variable));
        return value == null || value.isBlank() ? null : value;
    }
}
