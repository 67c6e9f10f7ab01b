package io.sluice.stress.jcstress.run;

import java.io.IOException;
import java.util.function.Consumer;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** A number of tests, run one way or another. */
interface TestRun {

    /** How many results there will be. */
    int size();

    /** What it runs on. */
    Harness harness();

    /** Runs; results come one at a time. */
    void run(Consumer<TestResult> results) throws IOException;
}
