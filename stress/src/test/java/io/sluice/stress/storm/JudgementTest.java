package io.sluice.stress.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.TestLiveness;
import io.sluice.stress.storm.targets.ReadWriteTarget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a storm finds in journals, here of writers of a read-write lock, and made up. */
class JudgementTest {

    // As the target notes them.
    private static final int WRITES = 2;
    private static final int LEAVES = 3;

    private static final long DEAD = 0x1001;
    private static final long HEIR = 0x1002;
    private static final long OTHER = 0x1003;
    private static final long DEATH = 100;
    private static final long END = 1_000;

    private final Target target = new ReadWriteTarget(false);
    private final List<Evidence.Witness> witnesses = new ArrayList<>();

    private void process(long token, long killed, Entry... entries) {
        witnesses.add(new Evidence.Witness(witnesses.size(), token, killed, killed, List.of(entries)));
    }

    private void processThatDiesWriting() {
        process(DEAD, DEATH, writes(10, 1, 0), leaves(20), writes(90, 3, 0));
    }

    private static Entry writes(long nanos, long fence, long told) {
        return new Entry(nanos, WRITES, fence, told);
    }

    private static Entry leaves(long nanos) {
        return new Entry(nanos, LEAVES, 0, 0);
    }

    private Evidence judge() throws InterruptedException {
        Evidence evidence = new Evidence(target.name(), witnesses);
        long bytes = RegionHeaderLayout.BODY + target.bodyBytes();
        target.audit(HeapMemory.allocate("judged", bytes, new TestLiveness()).newProcess(), evidence);
        return evidence;
    }

    private void assertFound(String what) throws InterruptedException {
        List<String> findings = judge().findings();
        assertTrue(findings.stream().anyMatch(finding -> finding.contains(what)), findings.toString());
    }

    @Test
    void findsNothingWhereTheHeirIsTold() throws InterruptedException {
        processThatDiesWriting();
        process(HEIR, END, writes(30, 2, 0), leaves(40), writes(110, 4, DEAD), leaves(120));
        Evidence evidence = judge();
        assertEquals(List.of(), evidence.findings());
        assertEquals(List.of(10L), evidence.recoveries());
    }

    @Test
    void findsAnHeirThatWasNotTold() throws InterruptedException {
        processThatDiesWriting();
        process(HEIR, END, writes(110, 4, 0), leaves(120));
        assertFound("was not told");
    }

    @Test
    void findsTwoThatWereToldOfTheSameDeath() throws InterruptedException {
        processThatDiesWriting();
        process(HEIR, END, writes(110, 4, DEAD), leaves(120));
        process(OTHER, END, writes(130, 5, DEAD), leaves(140));
        assertFound("told twice");
    }

    @Test
    void findsAFencingTokenThatIsUsedTwice() throws InterruptedException {
        process(HEIR, END, writes(110, 4, 0), leaves(120));
        process(OTHER, END, writes(130, 4, 0), leaves(140));
        assertFound("two sections with the token 4");
    }

    @Test
    void findsAFencingTokenThatIsTooLow() throws InterruptedException {
        process(HEIR, END, writes(110, 4, 0), leaves(120));
        process(OTHER, END, writes(130, 3, 0), leaves(140));
        assertFound("overlap");
    }

    @Test
    void countsWhoDiedInside() throws InterruptedException {
        processThatDiesWriting();
        process(HEIR, END, writes(110, 4, DEAD), leaves(120));
        process(OTHER, END, writes(130, 5, 0));
        Tally tally = new Tally();
        tally.judged(target, judge());
        assertEquals(2, StormCommandTest.diedInside(target, tally.text()));
    }
}
