package io.sluice.stress.jcstress.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.openjdk.jcstress.TestExecutor;
import org.openjdk.jcstress.infra.collectors.SerializedBufferCollector;
import org.openjdk.jcstress.infra.collectors.TestResult;
import org.openjdk.jcstress.infra.runners.TestConfig;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.vm.CompileMode;
import org.openjdk.jcstress.vm.VMSupport;

/**
 * Runs tests in JVMs of their own, one for each combination of interpreter, C1 and C2 for the actors and each placement
 * of these on processors.
 */
final class ForkedRun implements TestRun {

    private final Mode mode;
    private final Harness harness;
    private final List<TestConfig> configurations = new ArrayList<>();

    ForkedRun(Mode mode, List<Suite.Test> tests, Path html) throws IOException {
        this.mode = mode;
        this.harness = Harness.of(mode, true, html);
        for (Suite.Test test : tests) {
            for (VMSupport.Config vm : VMSupport.getAvailableVMConfigs()) {
                if (isWanted(vm)) {
                    configure(test, vm);
                }
            }
        }
        // Whatever else the machine does meanwhile hits all tests alike.
        Collections.shuffle(configurations, new Random());
    }

    /** Without the choices that Java monitors have, of which nothing here uses any. */
    private boolean isWanted(VMSupport.Config vm) {
        return (mode.isRandomised() || !vm.stress()) && !vm.origArgs().contains("-XX:+UseBiasedLocking");
    }

    private void configure(Suite.Test test, VMSupport.Config vm) {
        int actors = test.info().threads();
        for (SchedulingClass placement : harness.placements(actors, AffinityMode.LOCAL)) {
            for (int compilers : compilers(actors)) {
                if (vm.onlyIfC2() && !CompileMode.hasC2(compilers, actors)) {
                    continue;
                }
                for (int fork = 0; fork < mode.forks(); fork++) {
                    configurations.add(
                            new TestConfig(harness.options(), test.info(), fork, vm.args(), compilers, placement));
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
    public int size() {
        return configurations.size();
    }

    @Override
    public Harness harness() {
        return harness;
    }

    @Override
    public void run(Consumer<TestResult> results) throws IOException {
        SerializedBufferCollector sink = new SerializedBufferCollector(results::accept);
        try {
            new TestExecutor(harness.options().verbosity(), sink, harness.scheduler()).runAll(configurations);
        } finally {
            sink.close();
        }
    }
}
