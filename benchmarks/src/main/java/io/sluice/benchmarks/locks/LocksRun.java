package io.sluice.benchmarks.locks;

import io.sluice.benchmarks.locks.LocksPlan.Row;
import io.sluice.benchmarks.peer.Peer;
import io.sluice.benchmarks.run.Scratch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs every row once, then every row again, and so on: what disturbs the machine for a while disturbs all alike. */
final class LocksRun {

    private final LocksPlan plan;
    private final PrintStream progress;
    private final LocksResults results = new LocksResults();

    LocksRun(LocksPlan plan, PrintStream progress) {
        this.plan = plan;
        this.progress = progress;
    }

    LocksResults run() throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(plan.directory())) {
            Optional<NativeProgram> program = NativeProgram.compile(scratch.path());
            if (program.isEmpty()) {
                progress.println("there is no gcc: what is used from C is left out");
            }
            for (int fork = 0; fork < plan.forks(); fork++) {
                for (Row row : plan.rows()) {
                    if (!row.subject().isNative() || program.isPresent()) {
                        progress.println("fork " + (fork + 1) + ": " + row);
                        results.add(row, measure(row, program));
                    }
                }
            }
        }
        return results;
    }

    private Map<String, Double> measure(Row row, Optional<NativeProgram> program)
            throws IOException, InterruptedException {
        try (Scratch scratch = Scratch.in(plan.directory());
                Peer first = start(row, program, scratch.path(), "FIRST")) {
            first.hear("ready");
            if (!row.measure().needsTwo()) {
                return numbers(first.ask("go", "done"));
            }
            try (Peer second = start(row, program, scratch.path(), "SECOND")) {
                second.hear("ready");
                if (row.measure() == Measure.IDLE) {
                    // The first one goes on to have it.
                    return numbers(second.ask("go", "done"));
                }
                second.say("go");
                return numbers(first.ask("go", "done"));
            }
        }
    }

    private Peer start(Row row, Optional<NativeProgram> program, Path directory, String role) {
        boolean isNative = row.subject().isNative();
        List<String> arguments = List.of(
                (isNative ? directory.resolve("native-places") : directory).toString(),
                row.subject().name(),
                row.measure().name(),
                role,
                row.mode().name(),
                Long.toString(plan.warmup().toNanos()),
                Long.toString(plan.time().toNanos()),
                Long.toString(plan.gap().toNanos()));
        return isNative
                ? Peer.command(program.orElseThrow().command(arguments))
                : Peer.jvm(List.of(), LockWorker.class, arguments);
    }

    private static Map<String, Double> numbers(String line) {
        Map<String, Double> numbers = new HashMap<>();
        for (String word : line.split(" ", -1)) {
            String[] pair = word.split("=", 2);
            numbers.put(pair[0], Double.parseDouble(pair[1]));
        }
        return numbers;
    }
}
