package io.sluice.cli.command;

import io.sluice.api.region.RegionException;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code sluice rm}. */
@Command(
        name = "rm",
        mixinStandardHelpOptions = true,
        description = {
            "Destroys regions, as ipcrm does: their names are gone at once, processes that use them keep what they have.",
            "A file that is no region is left alone."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:all are gone", "1:some could not be destroyed", "2:wrong use"})
public final class RemoveCommand implements Callable<Integer> {

    @Mixin
    private Place place;

    @Parameters(arity = "1..*", paramLabel = "NAME", description = "Regions to destroy.")
    private List<String> names;

    /** For the command line. */
    public RemoveCommand() {}

    @Override
    public Integer call() throws IOException {
        names.forEach(place::address);
        int exitCode = ExitCode.OK;
        try {
            for (String name : names) {
                try {
                    Regions.destroy(place.address(name), RegionOptions.DEFAULT);
                } catch (RegionException e) {
                    System.err.println("sluice rm: " + CommandFailure.oneLine(e));
                    exitCode = ExitCode.FAILURE;
                }
            }
        } finally {
            place.tidy();
        }
        return exitCode;
    }
}
