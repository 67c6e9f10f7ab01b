package io.sluice.stress.jcstress.run;

import io.sluice.stress.JvmFlags;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jcstress.Options;
import org.openjdk.jcstress.os.AffinityMode;
import org.openjdk.jcstress.os.OSSupport;
import org.openjdk.jcstress.os.Scheduler;
import org.openjdk.jcstress.os.SchedulingClass;
import org.openjdk.jcstress.os.topology.Topology;
import org.openjdk.jcstress.vm.VMSupport;

/**
 * jcstress, set up: which JVMs it can start, and how it places actors on processors. Its own main program is not used,
 * because it takes a broken twin for a failure and a test that it could not run for a success.
 */
final class Harness {

    private static final int STRIDE = 256;

    private final Options options;
    private final Scheduler scheduler;

    private final Mode mode;
    private final Path html;

    private Harness(Mode mode, Path html, Options options) {
        this.mode = mode;
        this.html = html;
        this.options = options;
        this.scheduler = new Scheduler(Topology.get(), options.getCPUCount());
    }

    /**
     * Probes machine and JVM, which takes some seconds.
     *
     * @param forking whether JVMs will be started
     * @param html where jcstress's own report goes
     */
    static Harness of(Mode mode, boolean forking, Path html) throws IOException {
        return quietly(() -> {
            Options options = parsed(arguments(mode, mode.time(), html));
            // Once: jcstress keeps what it finds for good, and would have it twice.
            if (forking && VMSupport.getAvailableVMConfigs().isEmpty()) {
                OSSupport.init();
                VMSupport.initFlags(options);
                VMSupport.detectAvailableVMConfigs(true, options.getJvmArgs(), options.getJvmArgsPrepend());
            }
            return new Harness(mode, html, options);
        });
    }

    private static Options parsed(String[] arguments) throws IOException {
        Options options = new Options(arguments);
        if (!options.parse()) {
            throw new IllegalStateException("jcstress does not take its arguments");
        }
        return options;
    }

    private static String[] arguments(Mode mode, Duration time, Path html) {
        List<String> arguments = new ArrayList<>(List.of("-m", "quick"));
        arguments.addAll(List.of("-time", Long.toString(time.toMillis())));
        arguments.addAll(List.of("-iters", Integer.toString(mode.iterations())));
        arguments.addAll(List.of("-strideSize", Integer.toString(STRIDE)));
        arguments.addAll(List.of("-strideCount", Integer.toString(mode.states() / STRIDE)));
        arguments.addAll(List.of("-r", html.toString()));
        for (String flag : JvmFlags.ofThisVersion()) {
            arguments.addAll(List.of("-jvmArgsPrepend", flag));
        }
        return arguments.toArray(String[]::new);
    }

    /** Something that prints more than anybody wants to know. */
    private interface Noisy<T> {
        T run() throws IOException;
    }

    private static <T> T quietly(Noisy<T> noisy) throws IOException {
        PrintStream out = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        boolean done = false;
        try (PrintStream swallowed = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setOut(swallowed);
            T result = noisy.run();
            done = true;
            return result;
        } finally {
            System.setOut(out);
            if (!done) {
                out.print(said.toString(StandardCharsets.UTF_8));
            }
        }
    }

    Options options() {
        return options;
    }

    /** As {@link #options()}, with iterations of another length. */
    Options options(Duration time) throws IOException {
        return quietly(() -> parsed(arguments(mode, time, html)));
    }

    Scheduler scheduler() {
        return scheduler;
    }

    /** The ways to place {@code actors} on this machine's processors; none if there are too few of these. */
    List<SchedulingClass> placements(int actors, AffinityMode affinity) {
        return scheduler.scheduleClasses(actors, options.getCPUCount(), affinity);
    }
}
