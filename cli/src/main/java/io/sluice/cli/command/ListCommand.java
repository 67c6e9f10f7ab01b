package io.sluice.cli.command;

import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.RingReport;
import io.sluice.cli.exit.ExitCode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code sluice ls}. */
@Command(
        name = "ls",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the regions of the directory, as ipcs does, with those that are broken and why.",
            "Looking at a region changes nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:listed, even if there are none", "1:the directory cannot be read", "2:wrong use"})
public final class ListCommand implements Callable<Integer> {

    private static final List<String> HEADINGS =
            List.of("NAME", "KIND", "BYTES", "MODE", "ATTACHED", "CREATED", "BACKLOG", "PRODUCER", "CONSUMER");

    @Mixin
    private Place place;

    @Option(names = "--json", description = "Print a JSON array.")
    private boolean json;

    /** For the command line. */
    public ListCommand() {}

    @Override
    public Integer call() throws IOException {
        List<Inspection> inspections = Regions.list(place.directory()).stream()
                .flatMap(address -> Inspection.of(address).stream())
                .toList();
        if (json) {
            System.out.println(Json.of(inspections.stream().map(Json::object).toList()));
        } else if (!inspections.isEmpty()) {
            print(inspections);
        }
        place.tidy();
        return ExitCode.OK;
    }

    private static void print(List<Inspection> inspections) {
        Table table = new Table(HEADINGS);
        for (Inspection inspection : inspections) {
            inspection.region().ifPresent(region -> table.add(row(inspection, region)));
            inspection
                    .fault()
                    .ifPresent(fault -> table.addNote(inspection.address().name(), "broken: " + fault));
        }
        table.print(System.out);
    }

    private static List<String> row(Inspection inspection, RegionInfo region) {
        List<String> row = new ArrayList<>(List.of(
                inspection.address().name(),
                region.kind(),
                Long.toString(region.sizeBytes()),
                Text.mode(region),
                Text.attached(region),
                Text.time(region.created())));
        if (inspection.ring().isPresent()) {
            RingReport ring = inspection.ring().get();
            row.add(Long.toString(ring.backlogBytes()));
            row.add(Text.states(ring.producers()));
            row.add(Text.states(ring.consumers()));
        }
        return row;
    }
}
