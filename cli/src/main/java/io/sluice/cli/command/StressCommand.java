package io.sluice.cli.command;

import picocli.CommandLine.Command;

/** {@code stress}: see {@link ElsewhereCommand}. */
@Command(
        name = "stress",
        description = "Shows that shared memory works on this machine: every interleaving, every crash, kill -9.",
        mixinStandardHelpOptions = true)
public final class StressCommand extends ElsewhereCommand {

    /** For picocli. */
    public StressCommand() {
        super("the stress suites are", "stress");
    }
}
