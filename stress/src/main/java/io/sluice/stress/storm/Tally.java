package io.sluice.stress.storm;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What came of a storm so far. Confined to one thread. */
final class Tally {

    private static final int DIGITS = 3;
    private static final double NANOS_PER_MILLI = 1e6;

    /** Of one target. */
    private static final class Row {
        private final Histogram recoveries = new Histogram(DIGITS);
        private long entries;
        private long inside;
    }

    private final List<String> findings = new ArrayList<>();
    private final Map<String, Row> rows = new LinkedHashMap<>();
    private int kills;
    private int armed;
    private int stops;

    void killed(boolean inFrontOfAnAccess) {
        kills++;
        armed += inFrontOfAnAccess ? 1 : 0;
    }

    void stopped() {
        stops++;
    }

    void finding(String what) {
        findings.add(what);
    }

    void judged(Target target, Evidence evidence) {
        findings.addAll(evidence.findings());
        Row row = rows.computeIfAbsent(target.name(), name -> new Row());
        evidence.recoveries().forEach(nanos -> row.recoveries.recordValue(Math.max(0, nanos)));
        row.entries += evidence.witnesses().stream()
                .mapToLong(who -> who.entries().size())
                .sum();
        row.inside += evidence.witnesses().stream()
                .filter(who -> diedInside(target, who.entries()))
                .count();
    }

    private static boolean diedInside(Target target, List<Entry> entries) {
        return !entries.isEmpty() && target.isInside(entries.get(entries.size() - 1));
    }

    boolean isClean() {
        return findings.isEmpty();
    }

    int kills() {
        return kills;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                "%-18s %14s %8s %12s   from SIGKILL until another went on, ms%n",
                "", "journal", "died", "successions"));
        text.append(String.format(
                "%-18s %14s %8s %12s %8s %8s %8s %8s %8s%n",
                "target", "entries", "inside", "measured", "p50", "p90", "p99", "p99.9", "max"));
        rows.forEach((name, row) -> text.append(String.format(
                "%-18s %,14d %,8d %,12d %8.2f %8.2f %8.2f %8.2f %8.2f%n",
                name,
                row.entries,
                row.inside,
                row.recoveries.getTotalCount(),
                millis(row, 50),
                millis(row, 90),
                millis(row, 99),
                millis(row, 99.9),
                millis(row, 100))));
        text.append(String.format(
                "%n%,d kills, %,d of them in front of a chosen access, %,d stops, %,d journal entries, %d findings%n",
                kills,
                armed,
                stops,
                rows.values().stream().mapToLong(row -> row.entries).sum(),
                findings.size()));
        findings.forEach(finding -> text.append("FINDING: ").append(finding).append('\n'));
        return text.toString();
    }

    private static double millis(Row row, double percentile) {
        return row.recoveries.getValueAtPercentile(percentile) / NANOS_PER_MILLI;
    }
}
