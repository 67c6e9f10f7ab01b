package io.sluice.benchmarks;

import io.sluice.benchmarks.run.Preset;
import io.sluice.benchmarks.transport.Measure;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What can be asked for by {@code --measures}: each measure of transports, and the comparisons of locks and recovery.
 */
enum Topic {
    COPY,
    THROUGHPUT,
    CAPACITY,
    ROUND_TRIP,
    LOAD,
    WAKE,
    ATTACH,
    /** What taking, handing over and waiting for locks costs. */
    LOCKS,
    /** How long the next one waits after a SIGKILL. */
    RECOVERY;

    static final Set<Topic> ALL = EnumSet.allOf(Topic.class);

    /** The measure of transports that it stands for. */
    Optional<Measure> measure() {
        return Arrays.stream(Measure.values())
                .filter(measure -> measure.name().equals(name()))
                .findFirst();
    }

    /** The measures of what is chosen beforehand. */
    static Set<Topic> of(Preset preset) {
        Set<Topic> topics = EnumSet.noneOf(Topic.class);
        preset.selections()
                .forEach(selection -> topics.add(valueOf(selection.measure().name())));
        return topics;
    }
}
