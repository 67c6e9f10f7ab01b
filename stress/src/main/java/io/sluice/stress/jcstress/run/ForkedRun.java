package io.sluice.stress.jcstress.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.TestExecutor;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;
import org.openjdk.jcstress.vm.VMSupport;

/**
 * Runs tests in JVMs of their own, one for each combination of interpreter, C1 and C2 for the actors and each placement
 * of these on processors. A twin runs until it has shown what is wrong with it: in as many of its JVMs as that takes.
 */
final class ForkedRun implements TestRun {

    /** JVMs between two looks at the clock. */
    private static final int BATCH = 10;

    /** JVMs that most twins need at the most; a guess, for times only. */
    private static final int JVMS_OF_A_TWIN = 2;

    private final Mode mode;
    private final Harness harness;
    private final Results results;
    private final Pace pace;
    private final Set<Suite.Test> shown = new HashSet<>();
    private final Map<Suite.Test, Integer> ran = new HashMap<>(); // in how many JVMs
    private final List<Job> jobs = new ArrayList<>();

    /**
     * A run.
     *
     * @param results those of JVMs that ran before, which are not run again
     * @param budget for all; null: as long as the mode takes
     */
    ForkedRun(Mode mode, List<Suite.Test> tests, Path html, Results results, Duration budget) throws IOException {
        this.mode = mode;
        this.harness = Harness.of(mode, true, html);
        this.results = results;
        this.pace = new Pace(mode.time(), mode.iterations(), budget);
        for (Suite.Test test : tests) {
            List<VMSupport.Config> flags = VMSupport.getAvailableVMConfigs();
            for (int index = 0; index < flags.size(); index++) {
                if (isWanted(flags.get(index))) {
                    plan(test, index, flags.get(index));
                }
            }
        }
        // Whatever else the machine does meanwhile hits all tests alike. Twins first: it is known then how long the
        // rest has.
        Collections.shuffle(jobs, new Random());
        jobs.sort((left, right) ->
                Boolean.compare(right.test().mustShow(), left.test().mustShow()));
    }

    /** Without the choices that Java monitors have, of which nothing here uses any. */
    private boolean isWanted(VMSupport.Config vm) {
        return (mode.isRandomised() || !vm.stress()) && !vm.origArgs().contains("-XX:+UseBiasedLocking");
    }

    private void plan(Suite.Test test, int index, VMSupport.Config vm) {
        int actors = test.info().threads();
        for (SchedulingClass placement : harness.placements(actors, AffinityMode.LOCAL)) {
            for (int compilers : compilers(actors)) {
                if (vm.onlyIfC2() && !CompileMode.hasC2(compilers, actors)) {
                    continue;
                }
                for (int fork = 0; fork < mode.forks(); fork++) {
                    jobs.add(new Job(test, index, vm.args(), compilers, placement, fork));
                }
            }
        }
    }

    private static int[] compilers(int actors) {
        return VMSupport.compilerDirectivesAvailable()
                ? CompileMode.casesFor(actors, VMSupport.c1Available(), VMSupport.c2Available())
                : new int[] {CompileMode.UNIFIED};
    }

    @Override
    public int planned(Suite.Test test) {
        return (int) jobs.stream().filter(job -> job.test().equals(test)).count();
    }

    @Override
    public Harness harness() {
        return harness;
    }

    @Override
    public void run(Progress progress, Consumer<TestResult> consumer) throws IOException {
        List<Job> left = new ArrayList<>();
        for (Job job : jobs) {
            Kept kept = results.of(job);
            if (kept == null) {
                left.add(job);
            } else {
                kept.result().setConfig(job.configuration(harness.options(kept.iteration())));
                accept(job, kept.result(), consumer);
            }
        }
        long start = System.nanoTime();
        dropShown(left);
        progress.expect((int) expected(left));
        while (!left.isEmpty()) {
            List<Job> batch = nextBatch(left);
            Duration iteration = batch.stream().allMatch(this::isStubborn)
                    ? mode.time()
                    : pace.iteration(Duration.ofNanos(System.nanoTime() - start), expected(left) + batch.size());
            long begun = System.nanoTime();
            runAll(batch, harness.options(iteration), (job, result) -> {
                results.add(job, result);
                accept(job, result, consumer);
                progress.at(result);
            });
            pace.took(Duration.ofNanos(System.nanoTime() - begun), batch.size(), iteration);
            dropShown(left);
            progress.expect((int) expected(left));
        }
    }

    /** Whether it is of a twin that did not show in as many JVMs as most need: shorter ones would not help it. */
    private boolean isStubborn(Job job) {
        return job.test().mustShow() && ran.getOrDefault(job.test(), 0) >= JVMS_OF_A_TWIN;
    }

    private void accept(Job job, TestResult result, Consumer<TestResult> consumer) {
        ran.merge(job.test(), 1, Integer::sum);
        if (job.test().isTwin() && result.status() == Status.NORMAL && !result.grading().isPassed) {
            shown.add(job.test());
        }
        consumer.accept(result);
    }

    private void dropShown(List<Job> left) {
        left.removeIf(job -> shown.contains(job.test()));
    }

    /** The next ones, no twin twice among them: one JVM may be enough. */
    private static List<Job> nextBatch(List<Job> left) {
        List<Job> batch = new ArrayList<>();
        Set<Suite.Test> twins = new HashSet<>();
        for (Job job : left) {
            if (batch.size() < BATCH && (!job.test().isTwin() || twins.add(job.test()))) {
                batch.add(job);
            }
        }
        left.removeAll(batch);
        return batch;
    }

    /** How many JVMs will still be run, about. */
    private static double expected(List<Job> left) {
        Map<Suite.Test, Integer> twins = new HashMap<>();
        int sound = 0;
        for (Job job : left) {
            if (job.test().mustShow()) {
                twins.merge(job.test(), 1, Integer::sum);
            } else {
                sound++;
            }
        }
        return sound
                + twins.values().stream()
                        .mapToInt(count -> Math.min(count, JVMS_OF_A_TWIN))
                        .sum();
    }

    /** What to do with a result. */
    private interface Taker {
        void take(Job job, TestResult result);
    }

    private void runAll(List<Job> batch, Options options, Taker taker) throws IOException {
        // Not by equality, for which all forks are the same.
        IdentityHashMap<TestConfig, Job> byConfiguration = new IdentityHashMap<>();
        batch.forEach(job -> byConfiguration.put(job.configuration(options), job));
        // Results come from several threads.
        new TestExecutor(
                        options.verbosity(),
                        result -> {
                            synchronized (byConfiguration) {
                                taker.take(byConfiguration.get(result.getConfig()), result);
                            }
                        },
                        harness.scheduler())
                .runAll(new ArrayList<>(byConfiguration.keySet()));
    }
}
