package io.sluice.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.Regions;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Runs each example as a user would and reads what it prints. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ExamplesTest {

    private TestDirectory directory;

    @BeforeEach
    void create() throws IOException {
        directory = TestDirectory.create();
    }

    @AfterEach
    void leavesNothing() throws IOException {
        try {
            assertEquals(List.of(), Regions.list(directory.path()));
        } finally {
            directory.close();
        }
    }

    private List<String> run(Class<?> example, int lines) {
        List<String> printed = new ArrayList<>();
        try (ChildJvm process = ChildJvm.startUnder(List.of(), List.of("-Dsluice.dir=" + directory.path()), example)) {
            while (printed.size() < lines) {
                printed.add(process.awaitLine());
            }
            assertEquals(0, process.awaitExit(), process::errors);
        }
        return printed;
    }

    @Test
    void helloRing() {
        assertEquals(
                List.of("received: hello", "received: from", "received: another process"),
                run(Example01HelloRing.class, 3));
    }

    @Test
    void zeroCopyFrames() {
        assertEquals(List.of("27 frames of 1024000 bytes seen in place"), run(Example02ZeroCopyFrames.class, 1));
    }

    @Test
    void requestReplyInPlace() {
        assertEquals(
                List.of("shout -> SHOUT", "in place -> IN PLACE", "please -> PLEASE"),
                run(Example03RequestReplyInPlace.class, 3));
    }

    @Test
    void lostUpdates() {
        List<String> lines = run(Example04LostUpdates.class, 7);
        assertTrue(lines.get(0).startsWith("without mutex: expected 10000, found"), lines::toString);
        assertTrue(!lines.get(0).endsWith(" lost 0"), lines::toString);
        assertTrue(lines.get(4).endsWith("<- one of the two is lost"), lines::toString);
        assertEquals("with mutex: expected 10000, found 10000, lost 0", lines.get(5));
        assertEquals("[" + "#".repeat(50) + "]", lines.get(6));
    }

    @Test
    void boundedBuffer() {
        assertEquals(
                List.of("consumed 4000 of 4000 numbers, sum 7998000 of 7998000"), run(Example05BoundedBuffer.class, 1));
    }

    @Test
    void killedWriter() {
        assertEquals(
                List.of(
                        "half-way: readers get in: false",
                        "read: refused, a writer died while writing",
                        "write: told of the death, repaired",
                        "read: 100 + 0"),
                run(Example06KilledWriter.class, 4));
    }

    @Test
    void gridInLockstep() {
        List<String> lines = run(Example07GridInLockstep.class, 34);
        assertEquals("after 64 steps:", lines.get(17));
        assertEquals(lines.subList(1, 17), lines.subList(18, 34));
        assertTrue(lines.contains(".#.............."), lines::toString);
    }

    @Test
    void queueBetweenProcesses() {
        assertEquals(
                List.of("took Ada", "took Grace", "took Edsger", "nothing more will come"),
                run(Example08QueueBetweenProcesses.class, 4));
    }

    @Test
    void workersAndDeadLetters() {
        assertEquals(
                List.of(
                        "shipped 3 apples",
                        "shipped 5 plums",
                        "dead letter: some pears",
                        "delivered 2, failed 3, dead letters 1"),
                run(Example09WorkersAndDeadLetters.class, 4));
    }

    @Test
    void broadcast() {
        List<String> lines = run(Example10Broadcast.class, 4);
        assertEquals(
                Set.of(
                        "lossless, quick: got all 10000, last price 10000",
                        "lossless, slow: got all 10000, last price 10000"),
                Set.copyOf(lines.subList(0, 2)));
        assertTrue(lines.contains("lossy, slow: missed some, last price 10000"), lines::toString);
        assertTrue(
                lines.stream().anyMatch(line -> line.startsWith("lossy, quick: ") && line.endsWith("10000")),
                lines::toString);
    }
}
