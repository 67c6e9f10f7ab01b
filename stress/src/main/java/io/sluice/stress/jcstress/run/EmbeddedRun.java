package io.sluice.stress.jcstress.run;

import io.sluice.stress.storm.RunningTime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.ForkedTestConfig;
import org.openjdk.jcstress.infra.runners.Runner;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;

/** Runs tests in this JVM: twins until they have shown what is wrong with them, within limits. */
final class EmbeddedRun implements TestRun {

    /** The most seldom ones take some seconds in the mean, on a quiet machine. */
    private static final Duration MOST_FOR_A_TWIN = Duration.ofMinutes(2);

    private static final Duration SECOND_TRY = Duration.ofMillis(500);
    private static final Duration LONGEST_TRY = Duration.ofSeconds(2);

    private final Harness harness;
    private final Options patient;
    private final List<Suite.Test> tests;

    EmbeddedRun(Mode mode, List<Suite.Test> tests, Path html) throws IOException {
        this.harness = Harness.of(mode, false, html);
        this.patient = harness.options(SECOND_TRY);
        this.tests = tests;
    }

    @Override
    public int planned(Suite.Test test) {
        return 1;
    }

    @Override
    public Harness harness() {
        return harness;
    }

    @Override
    public void run(Progress progress, Consumer<TestResult> results) {
        int left = tests.size();
        for (Suite.Test test : tests) {
            List<SchedulingClass> placements = harness.placements(test.info().threads(), AffinityMode.NONE);
            if (!placements.isEmpty()) {
                TestResult result = run(test, placements.get(0));
                results.accept(result);
                left--;
                progress.expect(left);
                progress.at(result);
            }
        }
    }

    private TestResult run(Suite.Test test, SchedulingClass placement) {
        TestResult result = once(test, placement, harness.options());
        RunningTime time = new RunningTime(LONGEST_TRY.toNanos());
        while (test.mustShow()
                && result.status() == Status.NORMAL
                && result.grading().isPassed
                && time.nanos() < MOST_FOR_A_TWIN.toNanos()) {
            TestResult more = once(test, placement, patient);
            more.addState(result.getCounter());
            result = more;
        }
        return result;
    }

    private static TestResult once(Suite.Test test, SchedulingClass placement, Options options) {
        TestConfig config = new TestConfig(options, test.info(), 0, List.of(), CompileMode.UNIFIED, placement);
        TestResult result;
        try {
            result = Class.forName(config.generatedRunnerName)
                    .asSubclass(Runner.class)
                    .getConstructor(ForkedTestConfig.class)
                    .newInstance(new ForkedTestConfig(config))
                    .run();
        } catch (ReflectiveOperationException e) {
            result = new TestResult(Status.TEST_ERROR);
            result.addMessages(e);
        }
        result.setConfig(config);
        return result;
    }
}
