package io.sluice.cli.command;

import io.sluice.api.ring.RoleTakenException;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import io.sluice.cli.exit.Interruption;
import io.sluice.cli.pipe.Ending;
import io.sluice.cli.pipe.PipeOptions;
import io.sluice.cli.pipe.Receiver;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice receive}. */
@Command(
        name = "receive",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what is sent to NAME to standard output, up to the end of one 'sluice send'.",
            "Starts before or after the sender. A receiver that goes away early leaves the rest to the next one; if it was "
                    + "killed, the last few messages that it had written come again."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was received",
            "1:something failed",
            "2:wrong use",
            "3:the sender died or was interrupted; everything that it had committed was received",
            "4:NAME has a live receiver already",
            "5:--timeout has passed",
            "130:interrupted by Ctrl-C (143: by SIGTERM)",
            "141:nobody reads the output any more"
        })
public final class ReceiveCommand implements Callable<Integer> {

    @Mixin
    private PipeArguments arguments;

    @Option(
            names = "--lines",
            description = "End each message with a line feed. Not needed for what 'send --lines' sends.")
    private boolean lines;

    /** For the command line. */
    public ReceiveCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PipeOptions options = arguments.options();
        String name = options.address().name();
        try (Interruption interruption = new Interruption()) {
            try (FileChannel target = new FileOutputStream(FileDescriptor.out).getChannel();
                    Receiver receiver = Receiver.join(options, interruption)) {
                return exitCode(name, receiver.receive(target, lines));
            } catch (RoleTakenException e) {
                throw new CommandFailure(ExitCode.BUSY, name + ": has a live receiver already");
            } catch (IOException e) {
                if (isBrokenPipe(e)) {
                    return ExitCode.OUTPUT_CLOSED;
                }
                throw new CommandFailure(ExitCode.FAILURE, "standard output: " + CommandFailure.oneLine(e));
            } finally {
                arguments.place().tidy();
            }
        }
    }

    private static int exitCode(String name, Ending ending) {
        return switch (ending) {
            case COMPLETE -> ExitCode.OK;
            case SENDER_DIED -> throw gone(name, "the sender died");
            case SENDER_LEFT -> throw gone(name, "the sender was interrupted");
        };
    }

    private static CommandFailure gone(String name, String what) {
        return new CommandFailure(
                ExitCode.SENDER_GONE, name + ": " + what + " before its end; all that it had committed was received");
    }

    private static boolean isBrokenPipe(IOException e) {
        // The JDK gives EPIPE no exception of its own.
        return "Broken pipe".equals(e.getMessage());
    }
}
