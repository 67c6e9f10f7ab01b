package io.sluice.benchmarks.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Where and with what a run was made. */
public final class Machine {

    private static final Path CPUS = Path.of("/proc/cpuinfo");
    private static final Path LOAD = Path.of("/proc/loadavg");

    private Machine() {}

    /** Processor, system and JVM. */
    public static Map<String, Object> description() {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("cpu", processor());
        facts.put("cpus", Runtime.getRuntime().availableProcessors());
        facts.put("os", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
        facts.put("jdk", property("java.vm.name") + " " + property("java.runtime.version"));
        return facts;
    }

    /** Versions of what is compared, as the build knows them. */
    static Map<String, String> versions() {
        Properties versions = new Properties();
        try (InputStream stream = Machine.class.getResourceAsStream("versions.properties")) {
            versions.load(stream);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> sorted = new TreeMap<>();
        versions.stringPropertyNames().forEach(name -> sorted.put(name, versions.getProperty(name)));
        return sorted;
    }

    /** The load averages of now, or an empty text where the system keeps none. */
    static String load() {
        return Files.isReadable(LOAD) ? firstLine(LOAD, "") : "";
    }

    private static String processor() {
        return Files.isReadable(CPUS) ? firstLine(CPUS, "model name").replaceFirst("^[^:]*:\\s*", "") : "unknown";
    }

    private static String firstLine(Path file, String prefix) {
        try (Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
            return lines.filter(line -> line.startsWith(prefix)).findFirst().orElse("unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String property(String name) {
        return System.getProperty(name, "unknown");
    }
}
