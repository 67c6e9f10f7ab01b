package io.sluice.benchmarks.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The results as programs read them: every fork's numbers, the medians, the ratios, and how they came about. */
final class JsonReport {

    static final String FAILURES = "failures";

    private final Plan plan;
    private final Results results;

    JsonReport(Plan plan, Results results) {
        this.plan = plan;
        this.results = results;
    }

    Map<String, Object> content(String loadBefore) {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("settings", settings());
        report.put("load_before", loadBefore);
        report.put("load_after", Machine.load());
        report.put("noise", Noise.signs(results));
        report.put(FAILURES, results.failures());
        report.put("rows", results.rows().stream().map(this::row).toList());
        report.put("ratios", ratios());
        return report;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("forks", plan.forks());
        settings.put("warmup_seconds", plan.warmup().toMillis() / 1e3);
        settings.put(
                "warmup_seconds_of_round_trips_and_loads", plan.latencyWarmup().toMillis() / 1e3);
        settings.put("time_seconds", plan.time().toMillis() / 1e3);
        settings.put("capacity_bytes", plan.capacity());
        settings.put("messages_per_receiving_call", plan.limit());
        settings.put("jvm_flags", Jvm.flags(plan.jvmFlags()));
        return settings;
    }

    private Map<String, Object> row(Row row) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("measure", row.measure().name());
        entry.put("transport", row.transport().name());
        entry.put("setting", row.transport().settings());
        entry.put("jvm_flags", row.transport().jvmFlags());
        entry.put("mode", row.transport().mode().toString());
        entry.put("inside_one_jvm", row.transport().insideOneJvm());
        entry.put("bytes", row.length());
        entry.put("capacity", row.capacity(plan.capacity()));
        entry.put("shape", row.shape().toString());
        entry.put("detail", row.detailText());
        Map<String, Object> figures = new LinkedHashMap<>();
        for (Quantity quantity : Quantity.values()) {
            results.figure(row, quantity).ifPresent(figure -> figures.put(quantity.key(), Json.figure(figure)));
        }
        entry.put("figures", figures);
        entry.put("forks", results.forks(row).stream().map(JsonReport::fork).toList());
        return entry;
    }

    private static Map<String, Object> fork(Fork fork) {
        Map<String, Object> entry = new LinkedHashMap<>();
        fork.numbers().forEach((quantity, number) -> entry.put(quantity.key(), number));
        return entry;
    }

    private List<Map<String, Object>> ratios() {
        return Target.ALL.stream()
                .filter(target -> target.measured(results).isPresent())
                .map(this::ratio)
                .toList();
    }

    private Map<String, Object> ratio(Target target) {
        Figure measured = target.measured(results).orElseThrow();
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("title", target.title());
        entry.put("measured", Json.figure(measured));
        entry.put(target.atLeast() ? "at_least" : "at_most", target.bound());
        entry.put("met", target.isMet(measured));
        return entry;
    }
}
