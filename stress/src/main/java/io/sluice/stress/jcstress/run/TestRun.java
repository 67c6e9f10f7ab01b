package io.sluice.stress.jcstress.run;

import java.io.IOException;
import java.util.function.Consumer;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** A number of tests, run one way or another. */
interface TestRun {

    /** How many results a test has when all is done; a twin that has shown may have fewer. */
    int planned(Suite.Test test);

    /** What it runs on. */
    Harness harness();

    /**
     * Runs.
     *
     * @param progress what is told of what runs now
     * @param results gets all results, one at a time: those of runs before, of which this is the continuation, first
     */
    void run(Progress progress, Consumer<TestResult> results) throws IOException;
}
