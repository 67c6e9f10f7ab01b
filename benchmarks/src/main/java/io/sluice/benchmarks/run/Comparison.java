package io.sluice.benchmarks.run;

import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;

/** A whole comparison of transports: carries out a plan and reports it. */
public final class Comparison {

    /** Name of the list, among the results, of what failed and was measured once more. */
    public static final String FAILURES = JsonReport.FAILURES;

    private final Plan plan;

    /** For {@code plan}. */
    public Comparison(Plan plan) {
        this.plan = plan;
    }

    /**
     * Runs and reports.
     *
     * @param out gets the table
     * @param progress gets a line before each measurement
     * @return the results for programs
     * @throws IllegalStateException if a measured process failed twice; nothing is reported then
     */
    public Map<String, Object> run(PrintStream out, PrintStream progress) throws IOException, InterruptedException {
        String loadBefore = Machine.load();
        Results results = new Run(plan, progress).execute();
        new Table(plan, results, out).print();
        return new JsonReport(plan, results).content(loadBefore);
    }
}
