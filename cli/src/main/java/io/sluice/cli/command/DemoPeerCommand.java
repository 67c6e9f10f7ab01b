package io.sluice.cli.command;

import io.sluice.cli.demo.Peer;
import io.sluice.cli.demo.Plan;
import io.sluice.cli.demo.Transport;
import io.sluice.cli.exit.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The receiving process of {@code sluice demo}, started by it and by nobody else. */
@Command(name = "demo-peer", hidden = true)
public final class DemoPeerCommand implements Callable<Integer> {

    @Parameters(index = "0")
    private Transport transport;

    @Parameters(index = "1")
    private int size;

    @Parameters(index = "2")
    private long messages;

    @Parameters(index = "3")
    private int roundTrips;

    @Parameters(index = "4")
    private Path directory;

    /** For the command line. */
    public DemoPeerCommand() {}

    @Override
    public Integer call() throws IOException, InterruptedException {
        Peer.run(new Plan(transport, size, messages, roundTrips), directory);
        return ExitCode.OK;
    }
}
