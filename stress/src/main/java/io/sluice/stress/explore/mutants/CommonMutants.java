package io.sluice.stress.explore.mutants;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionLife;
import io.sluice.locks.mutex.Mutex;
import io.sluice.locks.mutex.MutexPlaces;
import io.sluice.locks.semaphore.AccountablePlaces;
import io.sluice.ringbuffer.spsc.SpscHandles;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.MemoryModel;
import java.util.List;
import java.util.function.UnaryOperator;

/** The same mistakes, made in every structure where they can be made. */
final class CommonMutants {

    private static final Bounds SC = new Bounds(MemoryModel.SC, 2, 0);
    private static final long FIRST_WORD = RegionHeaderLayout.BODY;
    private static final long PROTECTED = Mutex.memoryBytes();

    private CommonMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                        "state-not-atomic",
                        "a region's state is changed by a look and a store",
                        "region.leave-or-open",
                        Bugs.torn(offset -> offset == RegionLife.STATE)),
                mutant(
                        "take-unannounced",
                        "a consumer sleeps without saying so",
                        "spsc.take",
                        Bugs.sleepingUnannounced()),
                mutant(
                        "put-unannounced",
                        "a producer sleeps without saying so",
                        "spsc.put",
                        Bugs.sleepingUnannounced()),
                mutant(
                        "role-never-left",
                        "who leaves or closes does not say so in its lease",
                        "spsc.kill-producer",
                        Bugs.omitted((offset, expected, value) -> offset == SpscHandles.PRODUCER && expected != 0)),
                mutant(
                        "dead-producer-trusted",
                        "a dead producer counts as alive",
                        "spsc.take-from-killed",
                        Bugs.trusting()),
                mutant(
                        "mutex-unannounced",
                        "a waiter sleeps without saying so",
                        "mutex.two",
                        Bugs.sleepingUnannounced()),
                mutant(
                        "mutex-unlocked-before-written",
                        "what an owner wrote comes after its unlocking",
                        "mutex.two",
                        Bugs.late(PROTECTED, MutexPlaces.WORD)),
                mutant(
                        "mutex-believes-the-dead",
                        "owners are not asked whether they live",
                        "mutex.kill",
                        Bugs.trusting()),
                mutant(
                        "semaphore-unannounced",
                        "a waiter sleeps without saying so",
                        "semaphore.hand-over",
                        Bugs.sleepingUnannounced()),
                mutant(
                        "semaphore-release-omitted",
                        "a release is not made",
                        "semaphore.hand-over",
                        Bugs.omitted((offset, expected, value) -> offset == FIRST_WORD && value > expected)),
                mutant(
                        "ledger-not-booked",
                        "a change of the ledger is never booked",
                        "accountable.kill",
                        Bugs.omitted((offset, expected, value) -> AccountablePlaces.isBooked(offset))));
    }

    private static Mutant mutant(String name, String description, String scenario, UnaryOperator<RegionMemory> bug) {
        return new Mutant(name, description, scenario, SC, bug);
    }
}
