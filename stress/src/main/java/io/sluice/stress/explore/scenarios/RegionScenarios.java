package io.sluice.stress.explore.scenarios;

import io.sluice.api.region.RegionLife;
import io.sluice.stress.explore.Actor;
import io.sluice.stress.explore.Outcome;
import io.sluice.stress.explore.Scenario;
import java.util.Arrays;
import java.util.List;

/** Coming and going: the attach table and the word that decides between the last who leaves and the next who comes. */
final class RegionScenarios {

    private RegionScenarios() {}

    static List<Scenario> all() {
        return List.of(
                header(),
                leaveOrOpen(),
                leaveBoth(),
                leaveBothOrOpen(),
                openBoth(),
                destroyOrOpen(),
                killLeaver(),
                killOpener(),
                killLast());
    }

    private static Scenario header() {
        return Scenario.named(
                        "region.header",
                        "a header is written, somebody looks whether the region is in use and reads it")
                .memory(RegionLife.MEMORY_BYTES)
                .place(RegionLife.STATE, "STATE")
                .mortal("creator", self -> RegionLife.writeHeader(self.memory()))
                .actor("opener", self -> {
                    if (RegionLife.isLive(self.memory().getLongAcquire(RegionLife.STATE))) {
                        self.note(RegionLife.isHeaderWhole(self.memory()) ? "whole" : "damaged");
                    }
                })
                .judgedBy(outcome ->
                        outcome.require(outcome.count("damaged") == 0, "a region is in use whose header is damaged"));
    }

    /** A region to which the first {@code attached} actors are attached, each by the entry of its number. */
    private static Scenario.Builder region(String name, String description, int attached) {
        long[] tokens = new long[attached];
        Arrays.setAll(tokens, Scenario::token);
        return Scenario.named("region." + name, description)
                .memory(RegionLife.MEMORY_BYTES)
                .setup(memory -> RegionLife.initialize(memory, tokens))
                .place(RegionLife.STATE, "STATE")
                .place(RegionLife.entry(0), "ENTRY-0")
                .place(RegionLife.entry(1), "ENTRY-1")
                .place(RegionLife.entry(2), "ENTRY-2");
    }

    private static Scenario leaveOrOpen() {
        return region("leave-or-open", "the last one leaves while somebody comes", 1)
                .actor("leaver", self -> leave(self, 0))
                .actor("opener", RegionScenarios::open)
                .judgedBy(RegionScenarios::endedOrUsed);
    }

    private static Scenario leaveBoth() {
        return region("leave-both", "the last two leave at once", 2)
                .actor("left", self -> leave(self, 0))
                .actor("right", self -> leave(self, 1))
                .judgedBy(outcome -> outcome.require(
                        outcome.count("ended-it") == 1 && isDestroyed(outcome),
                        "the region was ended by " + outcome.count("ended-it") + " of those who left"));
    }

    private static Scenario leaveBothOrOpen() {
        return region("leave-both-or-open", "the last two leave while somebody comes", 2)
                .actor("left", self -> leave(self, 0))
                .actor("right", self -> leave(self, 1))
                .actor("opener", RegionScenarios::open)
                .judgedBy(RegionScenarios::endedOrUsed);
    }

    private static Scenario openBoth() {
        return region("open-both", "two come at once", 0)
                .actor("left", RegionScenarios::openAgain)
                .actor("right", RegionScenarios::openAgain)
                .judgedBy(outcome -> {
                    long[] entries = outcome.values("in");
                    outcome.require(entries.length == 2 && entries[0] != entries[1], "both have the same entry");
                });
    }

    private static Scenario destroyOrOpen() {
        return region("destroy-or-open", "somebody ends it while another comes and a third leaves", 1)
                .actor("leaver", self -> leave(self, 0))
                .actor("opener", RegionScenarios::openAgain)
                .actor("destroyer", self -> {
                    if (new RegionLife(self.memory()).destroy()) {
                        self.note("ended-it");
                    }
                })
                .judgedBy(outcome -> outcome.require(
                        outcome.count("ended-it") == 1 && isDestroyed(outcome),
                        "the region was not ended exactly once"));
    }

    private static Scenario killLeaver() {
        return region("kill-leaver", "the last one dies anywhere while it leaves and somebody comes", 1)
                .mortal("leaver", self -> leave(self, 0))
                .actor("opener", RegionScenarios::open)
                .judgedBy(RegionScenarios::endedOrUsed);
    }

    private static Scenario killOpener() {
        return region("kill-opener", "somebody who comes dies anywhere while the last one leaves", 1)
                .actor("leaver", self -> leave(self, 0))
                .mortal("opener", RegionScenarios::openAgain)
                .actorAfter("next", List.of("leaver", "opener"), RegionScenarios::open)
                .judgedBy(outcome -> {
                    boolean kept = outcome.count("opener", "in") == 1 && !outcome.isKilled("opener");
                    outcome.require(kept || isDestroyed(outcome), "nobody alive uses it and it is not ended");
                    outcome.require(
                            !kept || outcome.count("next", "in") == 1, "it is in use, and the next one was refused");
                });
    }

    private static Scenario killLast() {
        return region("kill-last", "both who are attached leave, one of them dies anywhere, two come later", 2)
                .mortal("left", self -> leave(self, 0))
                .actor("right", self -> leave(self, 1))
                .actorAfter("next", List.of("left", "right"), RegionScenarios::open)
                .judgedBy(outcome -> outcome.require(
                        isDestroyed(outcome) && outcome.count("in") == 0, "nobody alive uses it and it is not ended"));
    }

    // ---- what actors do -------------------------------------------------------------------------------------------

    private static void leave(Actor self, int entry) {
        if (new RegionLife(self.memory()).detach(entry)) {
            self.note("ended-it");
        }
    }

    /** As opening does it: an abandoned region is ended first. */
    private static void open(Actor self) {
        RegionLife region = new RegionLife(self.memory());
        if (region.endIfAbandoned()) {
            self.note("refused");
            return;
        }
        int entry = region.attach();
        self.note(entry < 0 ? "refused" : "in", entry);
    }

    /** Comes without looking first, as the creator of a region does. */
    private static void openAgain(Actor self) {
        int entry = new RegionLife(self.memory()).attach();
        self.note(entry < 0 ? "refused" : "in", entry);
    }

    // ---- what must hold -------------------------------------------------------------------------------------------

    private static boolean isDestroyed(Outcome outcome) {
        return RegionLife.isDestroyed(outcome.longAt(RegionLife.STATE));
    }

    private static void endedOrUsed(Outcome outcome) {
        boolean in = outcome.count("in") > 0;
        outcome.require(!in || !isDestroyed(outcome), "the region was ended under somebody who had come");
        outcome.require(in || isDestroyed(outcome), "it is neither used nor ended");
        outcome.require(outcome.count("ended-it") <= 1, "two believe to have ended it");
    }
}
