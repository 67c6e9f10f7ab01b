package io.sluice.cli.command;

import io.sluice.api.ring.RingSpec;
import io.sluice.cli.pipe.PipeOptions;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What both ends of a pipe are told. */
final class PipeArguments {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Mixin
    private Place place;

    @Parameters(index = "0", paramLabel = "NAME", description = "Name of the pipe.")
    private String name;

    @Option(
            names = "--capacity",
            paramLabel = "BYTES",
            converter = Bytes.class,
            description = "Size of the ring, a power of two such as 64K. Default: what the other side chose, else 1M.")
    private Long capacity;

    @Option(
            names = "--checksum",
            description = "Guard each message with a CRC32C. Whoever comes first decides, so give it to both.")
    private boolean checksum;

    @Option(
            names = "--wait",
            paramLabel = "HOW",
            defaultValue = "block",
            description = "How to wait for the other side: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
    private WaitChoice wait;

    @Option(
            names = "--timeout",
            paramLabel = "TIME",
            converter = Seconds.class,
            description = "Give up when nothing has moved for so long, such as 30s or 500ms. Default: never.")
    private Duration timeout;

    PipeOptions options() {
        checkCapacity();
        return new PipeOptions(
                place.address(name),
                Optional.ofNullable(capacity),
                checksum,
                wait.strategy(),
                Optional.ofNullable(timeout));
    }

    private void checkCapacity() {
        if (capacity != null && capacity == 0) {
            throw new ParameterException(command.commandLine(), "--capacity: 0 bytes hold nothing");
        }
        if (capacity != null) {
            try {
                RingSpec.spsc("capacity", capacity);
            } catch (IllegalArgumentException e) {
                throw new ParameterException(
                        command.commandLine(), "--" + e.getMessage().replace(": capacity", ""), e);
            }
        }
    }

    Place place() {
        return place;
    }
}
