package io.sluice.cli.command;

import picocli.CommandLine.Command;

/** {@code bench}: see {@link ElsewhereCommand}. */
@Command(
        name = "bench",
        description = "Compares rings and locks with pipes, sockets, queues and the best peers on this machine.",
        mixinStandardHelpOptions = true)
public final class BenchCommand extends ElsewhereCommand {

    /** For picocli. */
    public BenchCommand() {
        super("the benchmarks are", "bench");
    }
}
