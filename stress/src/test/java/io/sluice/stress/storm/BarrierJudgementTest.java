package io.sluice.stress.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.TestLiveness;
import io.sluice.stress.storm.targets.BarrierTarget;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a storm finds in journals, made up, of three parties of a barrier, one of which dies. */
class BarrierJudgementTest {

    // As the target notes them.
    private static final int COMING = 1;
    private static final int PASSED = 2;
    private static final int BROKEN = 3;

    private static final long END = 1_000;

    private final Target target = new BarrierTarget();
    private final List<Evidence.Witness> witnesses = new ArrayList<>();

    private void process(long killed, long gone, Entry... entries) {
        witnesses.add(
                new Evidence.Witness(witnesses.size(), 0x1001 + witnesses.size(), killed, gone, List.of(entries)));
    }

    private static Entry comes(long nanos, long generation) {
        return new Entry(nanos, COMING, generation, 0);
    }

    private static Entry passes(long nanos, long generation, boolean ended) {
        return new Entry(nanos, PASSED, generation + 1, ended ? 1 : 0);
    }

    private static Entry breaks(long nanos) {
        return new Entry(nanos, BROKEN, 0, 0);
    }

    /** Generations 2 and 4 are given up, at 6 two of them pass. */
    private void twoPassAt6() {
        process(END, END, comes(90, 2), breaks(200), comes(210, 4), breaks(320), comes(500, 6), passes(600, 6, true));
        process(END, END, comes(95, 2), breaks(201), comes(211, 4), breaks(321), comes(510, 6), passes(601, 6, false));
    }

    private List<String> findings() throws InterruptedException {
        Evidence evidence = new Evidence(target.name(), witnesses);
        long bytes = RegionHeaderLayout.BODY + target.bodyBytes();
        target.audit(HeapMemory.allocate("judged", bytes, new TestLiveness()).newProcess(), evidence);
        return evidence.findings();
    }

    @Test
    void findsThatTwoPass() throws InterruptedException {
        twoPassAt6();
        assertEquals(2, findings().size());
    }

    @Test
    void countsADeadPartyAsThereThatCameInTheSameGeneration() throws InterruptedException {
        twoPassAt6();
        process(540, 550, comes(505, 6));
        assertEquals(List.of(), findings());
    }

    @Test
    void countsADeadPartyAsThereThatLookedAtTheGenerationTwoResetsBeforeItCame() throws InterruptedException {
        twoPassAt6();
        process(540, 550, comes(100, 2));
        assertEquals(List.of(), findings());
    }

    @Test
    void doesNotCountAPartyAsThereThatWasDeadWhenTheGenerationBegan() throws InterruptedException {
        twoPassAt6();
        process(190, 199, comes(100, 2));
        assertEquals(2, findings().size());
    }
}
