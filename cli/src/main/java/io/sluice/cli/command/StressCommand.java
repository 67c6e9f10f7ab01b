package io.sluice.cli.command;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * {@code stress}: in a jar of its own, which the {@code sluice} script builds and starts; here only so that the help
 * names it.
 */
@Command(
        name = "stress",
        description = "Shows that shared memory works on this machine: every interleaving, every crash, kill -9.",
        mixinStandardHelpOptions = true)
public final class StressCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    /** For picocli. */
    public StressCommand() {}

    @Override
    public Integer call() {
        throw new CommandFailure(
                ExitCode.FAILURE,
                "the stress suites are not in this jar: run ./sluice stress " + String.join(" ", arguments));
    }
}
