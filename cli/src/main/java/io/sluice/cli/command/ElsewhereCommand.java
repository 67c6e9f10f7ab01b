package io.sluice.cli.command;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Unmatched;

/**
 * A command in a jar of its own, which the {@code sluice} script builds and starts; here only so that the
 * help names it.
 */
abstract class ElsewhereCommand implements Callable<Integer> {

    private final String subject;
    private final String name;

    @Unmatched
    private List<String> arguments = new ArrayList<>();

    ElsewhereCommand(String subject, String name) {
        this.subject = subject;
        this.name = name;
    }

    @Override
    public Integer call() {
        throw new CommandFailure(
                ExitCode.FAILURE,
                subject + " not in this jar: run ./sluice " + name + " " + String.join(" ", arguments));
    }
}
