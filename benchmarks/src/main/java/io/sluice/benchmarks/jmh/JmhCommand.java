package io.sluice.benchmarks.jmh;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** JMH's own command line. */
@Command(
        name = "jmh",
        description =
                "Runs JMH with the arguments that follow, as its documentation has them: -h for help, -l for a list."
                        + " TwoProcesses starts a second process for each of its benchmarks.")
public final class JmhCommand implements Callable<Integer> {

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    /** For picocli. */
    public JmhCommand() {}

    @Override
    public Integer call() throws IOException {
        org.openjdk.jmh.Main.main(arguments.toArray(String[]::new));
        return 0;
    }
}
