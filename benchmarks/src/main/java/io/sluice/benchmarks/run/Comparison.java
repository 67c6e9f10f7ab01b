package io.sluice.benchmarks.run;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Optional;

/** A whole comparison: carries out a plan and reports it. */
public final class Comparison {

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
     * @param json gets the results for programs, if present
     * @throws IllegalStateException if a measured process failed; nothing is reported then
     */
    public void run(PrintStream out, PrintStream progress, Optional<Path> json)
            throws IOException, InterruptedException {
        String loadBefore = Machine.load();
        Results results = new Run(plan, progress).execute();
        new Table(plan, results, out).print();
        if (json.isPresent()) {
            new JsonReport(plan, results).write(json.get(), loadBefore);
        }
    }
}
