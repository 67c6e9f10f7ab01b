package io.sluice.cli;

import io.sluice.cli.command.BenchCommand;
import io.sluice.cli.command.DemoCommand;
import io.sluice.cli.command.DemoPeerCommand;
import io.sluice.cli.command.ListCommand;
import io.sluice.cli.command.ReceiveCommand;
import io.sluice.cli.command.RemoveCommand;
import io.sluice.cli.command.SendCommand;
import io.sluice.cli.command.StatCommand;
import io.sluice.cli.command.StressCommand;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The {@code sluice} command. Each subcommand is a class of {@code io.sluice.cli.command}. */
@Command(
        name = "sluice",
        description = "Pipes, rings and other shared memory between the processes of one machine.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            DemoPeerCommand.class,
            SendCommand.class,
            ReceiveCommand.class,
            ListCommand.class,
            StatCommand.class,
            RemoveCommand.class,
            StressCommand.class,
            BenchCommand.class
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:something failed; one line on standard error says what",
            "2:wrong use; one line on standard error says where",
            "3 and above:see the help of the command"
        })
public final class Main {

    private Main() {}

    /** Runs the command and ends the JVM with its exit code. */
    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Main());
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setParameterExceptionHandler(Main::wrongUse);
        commandLine.setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
        return commandLine;
    }

    private static int wrongUse(ParameterException failure, String... arguments) {
        CommandSpec command = failure.getCommandLine().getCommandSpec();
        say(command, CommandFailure.oneLine(failure) + " (see '" + command.qualifiedName() + " --help')");
        return ExitCode.USAGE;
    }

    private static int failed(Exception failure, CommandLine command) {
        if (failure instanceof InterruptedException) {
            // A signal is ending the JVM, with an exit code of its own.
            return ExitCode.FAILURE;
        }
        say(command.getCommandSpec(), CommandFailure.oneLine(failure));
        return failure instanceof CommandFailure end ? end.exitCode() : ExitCode.FAILURE;
    }

    private static void say(CommandSpec command, String message) {
        PrintWriter err = command.commandLine().getErr();
        err.println(command.qualifiedName() + ": " + message);
        err.flush();
    }
}
