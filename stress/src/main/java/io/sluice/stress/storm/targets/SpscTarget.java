package io.sluice.stress.storm.targets;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.spsc.SpscHandles;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import java.util.SplittableRandom;

/**
 * SPSC ring: every process wants to be producer or consumer and takes the role of whoever dies. Messages carry the
 * number of their process and a number of their own, and bytes that say whether they are whole.
 */
public final class SpscTarget implements Target {

    private static final long CAPACITY = 4096;
    private static final int LIMIT = 8;

    /** For the storm. */
    public SpscTarget() {}

    @Override
    public String name() {
        return "spsc";
    }

    @Override
    public long bodyBytes() {
        return SpscHandles.memoryBytes(CAPACITY) - RegionHeaderLayout.BODY;
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        return new RingRole(
                () -> SpscHandles.producer(memory, CAPACITY, WaitStrategy.block()),
                () -> SpscHandles.consumer(memory, CAPACITY, WaitStrategy.block()),
                child,
                journal,
                random)::turn;
    }

    @Override
    public boolean isInside(Entry last) {
        return RingRole.isInside(last);
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        SpscAudit audit = new SpscAudit(evidence);
        RingConsumer rest = SpscHandles.consumer(memory, CAPACITY, WaitStrategy.spin());
        audit.begin(null);
        while (rest.poll(message -> audit.got(message.getLong(0), message.getLong(8)), LIMIT) > 0) {
            // Until everything that was committed has come.
        }
        audit.end();
    }
}
