package io.sluice.stress;

import io.sluice.stress.explore.command.ExploreCommand;
import io.sluice.stress.jcstress.run.JcstressCommand;
import io.sluice.stress.storm.StormCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The stress suites' command line: each kind of check is a subcommand. Exits non-zero on any finding. */
@Command(
        name = "sluice stress",
        description = "Shows that shared memory works on this machine, or where it does not.",
        mixinStandardHelpOptions = true,
        subcommands = {ExploreCommand.class, JcstressCommand.class, StormCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {

    /** For picocli. */
    public Main() {}

    /** Runs a subcommand. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    /** The command line, for whoever embeds it. */
    public static CommandLine commandLine() {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::wrongUse);
    }

    private static int wrongUse(ParameterException failure, String... arguments) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        String what = failure.getMessage().replaceAll("\\s*\\R\\s*", " ");
        command.getErr().println(name + ": " + what + " (see '" + name + " --help')");
        command.getErr().flush();
        return CommandLine.ExitCode.USAGE;
    }
}
