package io.sluice.stress.explore.mutants;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.locks.readwrite.ReadWritePlaces;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.explore.Bounds;
import io.sluice.stress.explore.MemoryModel;
import java.util.List;
import java.util.function.UnaryOperator;

/** What could be wrong with the read-write lock. */
final class ReadWriteMutants {

    private static final Bounds SC = new Bounds(MemoryModel.SC, 2, 0);

    private ReadWriteMutants() {}

    static List<Mutant> all() {
        return List.of(
                mutant(
                        "writer-not-atomic",
                        "the lock is taken for writing by a look and a store",
                        "read-write.writers",
                        Bugs.torn(offset -> offset == ReadWritePlaces.WRITER)),
                mutant(
                        "reader-unseen",
                        "a reader does not say that it reads",
                        "read-write.two",
                        Bugs.omitted((offset, expected, value) ->
                                ReadWritePlaces.isSlot(offset) && ((value ^ expected) & ReadWritePlaces.READING) != 0)),
                mutant(
                        "writer-believes-the-dead",
                        "writers are not asked whether they live",
                        "read-write.kill-writer",
                        Bugs.trusting()),
                mutant(
                        "reader-believes-the-dead",
                        "readers are not asked whether they live",
                        "read-write.kill-reader",
                        Bugs.trusting()),
                mutant(
                        "writer-heir-not-told",
                        "who takes over from a dead writer forgets what that means",
                        "read-write.kill-writer",
                        ForgetfulHeir::new),
                mutant(
                        "read-write-unannounced",
                        "who waits sleeps without saying so",
                        "read-write.two",
                        Bugs.sleepingUnannounced()));
    }

    private static Mutant mutant(String name, String description, String scenario, UnaryOperator<RegionMemory> bug) {
        return new Mutant(name, description, scenario, SC, bug);
    }

    private static final class ForgetfulHeir extends ForwardingMemory {

        ForgetfulHeir(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            return target().compareAndSetLong(
                            offset,
                            expected,
                            offset == ReadWritePlaces.WRITER ? value & ~ReadWritePlaces.INCONSISTENT : value);
        }
    }
}
