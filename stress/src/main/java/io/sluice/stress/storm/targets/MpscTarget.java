package io.sluice.stress.storm.targets;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.mpsc.MpscHandles;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import java.util.SplittableRandom;

/** MPSC ring in one of its orders: several producers that come and go, one consumer after the other. */
public final class MpscTarget implements Target {

    private static final int LANES = 4;
    private static final int LIMIT = 8;

    private final MpscHandles handles;

    /** With the order that it has. */
    public MpscTarget(boolean total) {
        this.handles = new MpscHandles(LANES, 4096, total);
    }

    @Override
    public String name() {
        return handles.total() ? "mpsc-total" : "mpsc";
    }

    @Override
    public long bodyBytes() {
        return handles.memoryBytes() - RegionHeaderLayout.BODY;
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        return new RingRole(
                        () -> handles.producer(memory, WaitStrategy.block()),
                        () -> handles.consumer(memory, WaitStrategy.block()),
                        child,
                        journal,
                        random)
                .resting()::turn;
    }

    @Override
    public boolean isInside(Entry last) {
        return RingRole.isInside(last);
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        LaneAudit audit = new LaneAudit(evidence, handles.total());
        RingConsumer rest = handles.consumer(memory, WaitStrategy.spin());
        audit.begin("the last consumer");
        while (rest.poll(message -> audit.got((int) message.getLong(0), message.getLong(8)), LIMIT) > 0) {
            // Until everything that was committed has come.
        }
        audit.end();
    }
}
