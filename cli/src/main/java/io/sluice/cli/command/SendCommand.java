package io.sluice.cli.command;

import io.sluice.api.ring.RoleTakenException;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import io.sluice.cli.exit.Interruption;
import io.sluice.cli.pipe.PipeOptions;
import io.sluice.cli.pipe.Sender;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice send}. */
@Command(
        name = "send",
        mixinStandardHelpOptions = true,
        description = {
            "Sends a file, or standard input, to whoever receives NAME.",
            "Starts before or after the receiver and ends when everything was taken. If the receiver goes away, the next "
                    + "one continues. Ctrl-C leaves nothing behind; what a receiver has not taken yet it still gets."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:everything was taken",
            "1:something failed",
            "2:wrong use",
            "4:NAME has a live sender already",
            "5:--timeout has passed",
            "130:interrupted by Ctrl-C (143: by SIGTERM)"
        })
public final class SendCommand implements Callable<Integer> {

    @Mixin
    private PipeArguments arguments;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "What to send. Default: standard input.")
    private Path file;

    @Option(names = "--lines", description = "Send each line as a message of its own.")
    private boolean lines;

    /** For the command line. */
    public SendCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        PipeOptions options = arguments.options();
        try (Interruption interruption = new Interruption()) {
            try (FileChannel source = open();
                    Sender sender = Sender.join(options, interruption)) {
                warnOfInheritance(options, sender);
                send(source, sender);
                return ExitCode.OK;
            } catch (RoleTakenException e) {
                throw new CommandFailure(ExitCode.BUSY, options.address().name() + ": has a live sender already");
            } finally {
                arguments.place().tidy();
            }
        }
    }

    private void warnOfInheritance(PipeOptions options, Sender sender) {
        long bytes = sender.inheritedBytes();
        if (bytes > 0) {
            System.err.println("sluice send: " + options.address().name() + ": a sender before this one left " + bytes
                    + " bytes that nobody took; they are received first");
        }
    }

    private FileChannel open() throws IOException {
        return file == null ? new FileInputStream(FileDescriptor.in).getChannel() : FileChannel.open(file);
    }

    private void send(FileChannel source, Sender sender) throws InterruptedException {
        try {
            if (lines) {
                sender.sendLines(source);
            } else {
                sender.sendBytes(source);
            }
        } catch (IOException e) {
            // Of the source: the ring's exceptions are of another kind.
            String name = file == null ? "standard input" : file.toString();
            throw new CommandFailure(ExitCode.FAILURE, name + ": " + CommandFailure.oneLine(e));
        }
    }
}
