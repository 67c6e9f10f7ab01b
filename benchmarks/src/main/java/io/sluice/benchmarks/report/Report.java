package io.sluice.benchmarks.report;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** A run's results as its JSON has them. */
final class Report {

    private final Map<String, Object> content;

    Report(Map<String, Object> content) {
        this.content = content;
    }

    static Report read(Path json) throws IOException {
        return new Report(JSON.std.mapFrom(Files.readString(json, StandardCharsets.UTF_8)));
    }

    /** A part that has names, such as the machine. */
    Map<?, ?> part(String name) {
        return content.get(name) instanceof Map<?, ?> part ? part : Map.of();
    }

    /** Signs of noise. */
    List<String> noise() {
        return list(content, "noise").stream().map(Object::toString).toList();
    }

    /** What failed and was measured once more. */
    List<String> failures() {
        return list(content, "failures").stream().map(Object::toString).toList();
    }

    /** Ratios with their targets. */
    List<Map<?, ?>> ratios() {
        return maps(list(content, "ratios"));
    }

    /** Rows of one measure. */
    List<Row> rows(String measure) {
        return maps(list(content, "rows")).stream()
                .map(Row::new)
                .filter(row -> row.text("measure").equals(measure))
                .toList();
    }

    /** The row of that description, if there is one. */
    Optional<Row> find(String measure, String transport, long bytes, String detail) {
        return rows(measure).stream()
                .filter(row -> row.isPairOf(transport)
                        && row.bytes() == bytes
                        && row.text("detail").equals(detail))
                .findFirst();
    }

    /** Kinds that were killed, with their times. */
    List<Map<?, ?>> recoveries() {
        return maps(list(part("recovery"), "rows"));
    }

    /** Rows of one measure of locks. */
    List<Row> locks(String measure) {
        return maps(list(part("locks"), "rows")).stream()
                .map(Row::new)
                .filter(row -> row.text("measure").equals(measure))
                .toList();
    }

    /** Ratios of locks with their targets. */
    List<Map<?, ?>> lockRatios() {
        return maps(list(part("locks"), "ratios"));
    }

    private static List<?> list(Map<?, ?> map, String name) {
        return map.get(name) instanceof List<?> list ? list : List.of();
    }

    private static List<Map<?, ?>> maps(List<?> list) {
        return list.stream().<Map<?, ?>>map(entry -> (Map<?, ?>) entry).toList();
    }

    /**
     * One row.
     *
     * @param entry as the JSON has it
     */
    record Row(Map<?, ?> entry) {

        String text(String name) {
            Object value = entry.get(name);
            return value == null ? "" : value.toString();
        }

        long bytes() {
            return ((Number) entry.get("bytes")).longValue();
        }

        /** What readers call the transport, with how many ends it has where they are not two. */
        String title() {
            String title = Titles.of(text("transport"));
            return text("shape").equals("1:1") ? title : title + " " + text("shape");
        }

        /** Whether it is of two ends over that transport. */
        boolean isPairOf(String transport) {
            return text("transport").equals(transport) && text("shape").equals("1:1");
        }

        /** The detail without its unit; 0 if it has none. */
        double number() {
            String[] words = text("detail").split(" ", 2);
            return words[0].isEmpty() ? 0 : Double.parseDouble(words[0]);
        }

        /** One value of a figure: its median, min or max. */
        OptionalDouble value(String figure, String which) {
            return entry.get("figures") instanceof Map<?, ?> figures
                            && figures.get(figure) instanceof Map<?, ?> values
                            && values.get(which) instanceof Number number
                    ? OptionalDouble.of(number.doubleValue())
                    : OptionalDouble.empty();
        }

        double median(String figure) {
            return value(figure, "median").orElse(Double.NaN);
        }
    }
}
