package io.sluice.cli.command;

import io.sluice.api.lock.LockStat;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingReport;
import io.sluice.cli.exit.ExitCode;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code sluice stat}. */
@Command(
        name = "stat",
        mixinStandardHelpOptions = true,
        description = {
            "Says everything about one region: size, creator, times, who is attached and whether it is alive.",
            "Of a ring also who produces and consumes, what waits to be read, and what its workers have done.",
            "Of a lock also who holds it, since when, and who waits for it.",
            "Looking at a region changes nothing."
        },
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:found", "1:there is none, or it is broken", "2:wrong use"})
public final class StatCommand implements Callable<Integer> {

    @Mixin
    private Place place;

    @Parameters(paramLabel = "NAME", description = "The region.")
    private String name;

    @Option(names = "--json", description = "Print a JSON object.")
    private boolean json;

    /** For the command line. */
    public StatCommand() {}

    @Override
    public Integer call() throws IOException {
        try {
            Inspection inspection = Inspection.ofSound(place.address(name));
            if (json) {
                System.out.println(Json.of(Json.object(inspection)));
            } else {
                print(inspection, System.out);
            }
        } finally {
            place.tidy();
        }
        return ExitCode.OK;
    }

    private static void print(Inspection inspection, PrintStream out) {
        inspection.region().ifPresent(region -> {
            printRegion(region, out);
            inspection.ring().ifPresent(ring -> printRing(ring, region, out));
            inspection.lock().ifPresent(lock -> printLock(lock, region, out));
            inspection.workers().ifPresent(workers -> printWorkers(workers, out));
            printAttachments(region, out);
        });
    }

    private static void printRegion(RegionInfo region, PrintStream out) {
        line(out, "path", region.path());
        line(out, "kind", region.kind());
        line(out, "size", region.sizeBytes() + " bytes");
        line(out, "mode", Text.mode(region) + ", owner " + region.ownerId());
        line(
                out,
                "creator",
                region.creatorUser() + ", pid " + region.creatorPid() + " " + region.creatorCommand() + ", "
                        + (region.creatorAlive() ? "live" : "dead"));
        line(out, "created", Text.time(region.created()));
        line(out, "attached", Text.time(region.lastAttach()));
        line(out, "detached", Text.time(region.lastDetach()));
        line(out, "life", region.destroyOnLastDetach() ? "goes with the last live attachment" : "until destroyed");
    }

    private static void printRing(RingReport ring, RegionInfo region, PrintStream out) {
        line(
                out,
                "capacity",
                ring.capacity() + " bytes" + (ring.checksummed() ? ", CRC32C per message" : "")
                        + (ring.lossy() ? ", lossy" : ""));
        line(out, "backlog", ring.backlogBytes() + " bytes");
        printParties("producer", ring.producers(), region, out);
        printParties("consumer", ring.consumers(), region, out);
    }

    /** One line for each place that has something to say, and one for the others. */
    private static void printParties(String role, List<RingReport.Party> parties, RegionInfo region, PrintStream out) {
        if (parties.size() == 1) {
            line(out, role, Text.party(parties.get(0), region));
            return;
        }
        int idle = 0;
        for (int place = 0; place < parties.size(); place++) {
            RingReport.Party party = parties.get(place);
            if (party.state() == PeerState.ABSENT && party.backlogBytes() <= 0) {
                idle++;
            } else {
                line(out, role, "place " + place + ", " + Text.party(party, region));
            }
        }
        if (idle > 0) {
            line(out, role, idle + " of " + parties.size() + " places free");
        }
    }

    private static void printLock(LockStat lock, RegionInfo region, PrintStream out) {
        line(out, "state", lock.state());
        lock.holders().forEach(holder -> line(out, "holder", Text.holder(holder, region)));
        lock.waiters().forEach(waiter -> line(out, "waiter", Text.waiter(waiter, lock.kind(), region)));
    }

    private static void printWorkers(WorkersReport workers, PrintStream out) {
        workers.figures().places().forEach(place -> line(out, "worker", Text.worker(place, workers.region())));
    }

    private static void printAttachments(RegionInfo region, PrintStream out) {
        for (RegionInfo.Attachment attachment : region.attachments()) {
            line(
                    out,
                    "attachment",
                    (attachment.alive() ? "live" : "dead") + ", pid " + attachment.pid() + " " + attachment.command()
                            + ", since " + Text.time(attachment.since()) + (attachment.readOnly() ? ", reading" : ""));
        }
    }

    private static void line(PrintStream out, String label, Object value) {
        out.printf("%-11s %s%n", label, value);
    }
}
