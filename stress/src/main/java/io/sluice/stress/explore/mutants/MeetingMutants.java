package io.sluice.stress.explore.mutants;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.locks.barrier.BarrierPlaces;
import io.sluice.locks.barrier.RegionBarrier;
import io.sluice.locks.eventcount.RegionEventCount;
import io.sluice.locks.latch.LatchPlaces;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.MemoryModel;
import java.util.List;
import java.util.function.UnaryOperator;

/** What could be wrong with the latch, the barrier and the event count. */
final class MeetingMutants {

    private static final Bounds SC = new Bounds(MemoryModel.SC, 2, 0);
    private static final long LEFT_AT_BARRIER = RegionHeaderLayout.BODY + RegionBarrier.bodyBytes(2);
    private static final long DATA_OF_EVENT = RegionHeaderLayout.BODY + RegionEventCount.bodyBytes();

    private MeetingMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                        "latch-not-atomic",
                        "a count is made by a look and a store",
                        "latch.two",
                        Bugs.torn(MeetingMutants::isCount)),
                mutant(
                        "latch-promise-omitted",
                        "a promise is not written down",
                        "latch.kill",
                        Bugs.omitted((offset, expected, value) -> isCount(offset) && expected == 0)),
                mutant(
                        "latch-believes-the-dead",
                        "those who promised are not asked whether they live",
                        "latch.kill",
                        Bugs.trusting()),
                mutant(
                        "latch-unannounced",
                        "who waits sleeps without saying so",
                        "latch.two",
                        Bugs.sleepingUnannounced()),
                mutant(
                        "barrier-ended-twice",
                        "a generation is ended by a look and a store",
                        "barrier.two",
                        Bugs.torn(offset -> offset == BarrierPlaces.STATE)),
                mutant(
                        "barrier-before-data",
                        "what was done before an arrival comes after it",
                        "barrier.two",
                        Bugs.late(LEFT_AT_BARRIER, BarrierPlaces.arrived(0))),
                mutant(
                        "barrier-unannounced",
                        "who waits sleeps without saying so",
                        "barrier.two",
                        Bugs.sleepingUnannounced()),
                mutant(
                        "event-before-data",
                        "what was done before an event comes after it",
                        "events.two",
                        Bugs.late(DATA_OF_EVENT, RegionHeaderLayout.BODY)),
                mutant(
                        "event-unannounced",
                        "who waits sleeps without saying so",
                        "events.two",
                        Bugs.sleepingUnannounced()));
    }

    private static boolean isCount(long offset) {
        return offset == LatchPlaces.count(0) || offset == LatchPlaces.count(1);
    }

    private static Mutant mutant(String name, String description, String scenario, UnaryOperator<RegionMemory> bug) {
        return new Mutant(name, description, scenario, SC, bug);
    }
}
