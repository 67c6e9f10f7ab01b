package io.sluice.ringbuffer.processes;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.RingKind;
import io.sluice.api.testing.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The processes of a test, in the order in which they came, and what each has in its ledger. */
final class Parties implements AutoCloseable {

    /** One of them. */
    record Party(int number, String what, ChildJvm process, Ledger ledger) {}

    private final RingKind kind;
    private final Path directory;
    private final List<Party> all = new ArrayList<>();
    private final List<Party> living = new ArrayList<>();

    Parties(RingKind kind, Path directory) {
        this.kind = kind;
        this.directory = directory;
    }

    /** Starts one, without waiting for it. */
    Party start(String what) {
        int number = all.size() + 1;
        Party party = new Party(
                number,
                what,
                ChildJvm.start(RingChild.class, kind.name(), what, directory.toString(), Integer.toString(number)),
                Ledger.of(directory, number));
        all.add(party);
        living.add(party);
        return party;
    }

    /** Kills one and lets another one take its place. */
    Party replace(Party party) {
        kill(party);
        Party successor = start(party.what);
        successor.process.awaitLine("ready");
        return successor;
    }

    void kill(Party party) {
        living.remove(party);
        party.process.kill();
    }

    /** All that ever were, dead or alive, that do or did {@code what}. */
    List<Party> every(String what) {
        return all.stream().filter(party -> party.what.equals(what)).toList();
    }

    long total(String what) {
        return every(what).stream().mapToLong(party -> party.ledger.count()).sum();
    }

    /** Waits, unless a process has ended that nobody killed. */
    void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            for (Party party : living) {
                assertTrue(
                        party.process.isRunning(),
                        () -> party.what + " " + party.number + " ended: " + party.process.errors());
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        all.forEach(party -> party.process.close());
    }
}
