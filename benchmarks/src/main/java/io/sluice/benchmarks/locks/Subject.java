package io.sluice.benchmarks.locks;

import static io.sluice.benchmarks.locks.Measure.HAND_OVER;
import static io.sluice.benchmarks.locks.Measure.IDLE;
import static io.sluice.benchmarks.locks.Measure.SLEEPER;
import static io.sluice.benchmarks.locks.Measure.UNCONTENDED;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A kind of lock that is measured.
 *
 * @param name what the command line calls it
 * @param description what it is, in a few words
 * @param isNative whether it is used from C
 * @param measures what of it can be measured
 * @param opener opens the places; for Java
 */
record Subject(String name, String description, boolean isNative, Set<Measure> measures, Opener opener) {

    private static final Set<Measure> ALL_MEASURES = Set.of(Measure.values());
    private static final Set<Measure> ONE_PROCESS = Set.of(UNCONTENDED);
    private static final Set<Measure> TWO_PROCESSES = Set.of(HAND_OVER, SLEEPER, IDLE);

    /** Opens, or makes, the places that are shared through a directory. */
    @FunctionalInterface
    interface Opener {
        Places open(Path directory, Mode mode) throws IOException;
    }

    /** All of them. */
    static List<Subject> all() {
        return List.of(
                java("sluice-mutex", "robust, reentrant, across processes", ALL_MEASURES, SharedPlaces::mutexes),
                java(
                        "reentrant-lock",
                        "java.util.concurrent, one process",
                        ONE_PROCESS,
                        (directory, mode) -> JdkPlaces.reentrantLocks()),
                inC("pthread-mutex", "robust, process-shared, from C"),
                java("sluice-signalling", "anybody releases, across processes", ALL_MEASURES, SharedPlaces::signalling),
                java(
                        "sluice-accountable",
                        "permits of the dead come back, across processes",
                        ALL_MEASURES,
                        SharedPlaces::accountable),
                java(
                        "jdk-semaphore",
                        "java.util.concurrent, one process",
                        ONE_PROCESS,
                        (directory, mode) -> JdkPlaces.semaphores()),
                inC("sem_t", "process-shared, from C"),
                java("file-lock", "FileChannel.lock of a byte", TWO_PROCESSES, JdkPlaces::bytesOfAFile));
    }

    static List<String> names() {
        return all().stream().map(Subject::name).toList();
    }

    private static Subject java(String name, String description, Set<Measure> measures, Opener opener) {
        return new Subject(name, description, false, measures, opener);
    }

    private static Subject inC(String name, String description) {
        return new Subject(name, description, true, ALL_MEASURES, null);
    }

    /** The one called {@code name}. */
    static Subject named(String name) {
        return all().stream()
                .filter(subject -> subject.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no lock \"" + name + "\""));
    }
}
