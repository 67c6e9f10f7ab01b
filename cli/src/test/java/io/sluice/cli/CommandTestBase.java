package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionNotFoundException;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.Rings;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A fresh region directory, a place for files, and commands that do not outlive the test. */
abstract class CommandTestBase {

    private static final long WATCHDOG_NANOS = 60_000_000_000L;

    private final List<SluiceProcess> processes = new ArrayList<>();
    private Path regions;
    private Path files;

    @BeforeEach
    final void makeDirectories() throws IOException {
        regions = Files.createTempDirectory(Path.of("/dev/shm"), "sluice-test-");
        files = Files.createTempDirectory("sluice-test-");
    }

    @AfterEach
    final void endEverything() throws IOException, InterruptedException {
        for (SluiceProcess process : processes) {
            process.kill();
        }
        delete(regions);
        delete(files);
    }

    private static void delete(Path directory) throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(directory)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    final Path regions() {
        return regions;
    }

    final Path file(String name) {
        return files.resolve(name);
    }

    /** Bytes that nothing treats in a special way, and all that something might. */
    final Path randomFile(int length) throws IOException {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return Files.write(file("random-" + length), bytes);
    }

    final SluiceProcess start(Redirect input, Redirect output, String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of(arguments));
        SluiceProcess process = SluiceProcess.start(files, input, output, all);
        processes.add(process);
        return process;
    }

    final SluiceProcess send(Redirect input, String... options) throws IOException {
        return start(input, Redirect.DISCARD, pipeArguments("send", options));
    }

    final SluiceProcess receive(Redirect output, String... options) throws IOException {
        return start(SluiceProcess.nothing(), output, pipeArguments("receive", options));
    }

    private String[] pipeArguments(String command, String... options) {
        List<String> arguments = new ArrayList<>(List.of(command, "x", "--dir", regions.toString()));
        arguments.addAll(List.of(options));
        return arguments.toArray(String[]::new);
    }

    /** Runs a command to its end; returns what it printed. */
    final String run(int expectedExit, String... arguments) throws IOException, InterruptedException {
        Path output = Files.createTempFile(files, "output", ".txt");
        SluiceProcess process = start(SluiceProcess.nothing(), SluiceProcess.to(output), arguments);
        assertEquals(expectedExit, process.awaitExit(), process::toString);
        lastErrors = process.errors();
        return Files.readString(output);
    }

    private String lastErrors = "";

    /** What the last {@link #run} wrote to standard error. */
    final String lastErrors() {
        return lastErrors;
    }

    final void awaitRing(Predicate<RingReport> condition) throws InterruptedException {
        long deadline = System.nanoTime() + WATCHDOG_NANOS;
        while (!isRing(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the ring never came into the expected state");
            }
            Thread.sleep(5);
        }
    }

    private boolean isRing(Predicate<RingReport> condition) {
        try {
            return condition.test(Rings.report(RegionAddress.of(regions, "x"), false));
        } catch (RegionNotFoundException e) {
            return false;
        }
    }

    static Predicate<RingReport> hasSender() {
        return ring -> ring.producers().get(0).state() == PeerState.LIVE;
    }

    static Predicate<RingReport> hasReceiver() {
        return ring -> ring.consumers().get(0).state() == PeerState.LIVE;
    }

    static Predicate<RingReport> hasBacklogOf(long bytes) {
        return ring -> ring.backlogBytes() >= bytes;
    }

    /** Names of what can be seen in the region directory. */
    final List<String> regionNames() throws IOException {
        try (Stream<Path> list = Files.list(regions)) {
            return list.map(path -> path.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .toList();
        }
    }

    /** Asserts that the commands left nothing at all. Holds only where this process did not look into the directory. */
    final void assertNothingLeft() throws IOException {
        try (Stream<Path> list = Files.list(regions)) {
            assertEquals(List.of(), list.toList());
        }
    }

    static void assertOneLine(String text) {
        assertEquals(1, text.lines().count(), () -> "expected one line, found: " + text);
    }
}
