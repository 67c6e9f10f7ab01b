package io.sluice.benchmarks.run;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Results as files. */
public final class Json {

    private Json() {}

    /** What every file begins with. */
    public static Map<String, Object> origin() {
        Map<String, Object> origin = new LinkedHashMap<>();
        origin.put("machine", Machine.description());
        origin.put("versions", Machine.versions());
        return origin;
    }

    /** A figure with its spread. */
    public static Map<String, Object> figure(Figure figure) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("median", figure.median());
        entry.put("min", figure.min());
        entry.put("max", figure.max());
        return entry;
    }

    /** Writes them so that people can read them, too. */
    public static void write(Path file, Map<String, Object> results) throws IOException {
        String text = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(results);
        Files.writeString(file, text + "\n", StandardCharsets.UTF_8);
    }
}
