package io.sluice.locks.eventcount;

import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.CorruptionContract;
import io.sluice.locks.scene.Scene;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An event count with a number that nobody has counted to. */
class EventCountCorruptionTest extends CorruptionContract<RegionEventCount> {

    @Override
    protected long bodyBytes() {
        return EventCountLayout.BODY_BYTES;
    }

    @Override
    protected RegionEventCount attach(RegionMemory memory) {
        return new RegionEventCount(memory, WaitStrategy.block(), () -> {});
    }

    @Override
    protected List<Damage> damages() {
        return List.of(
                new Damage("number of events", EventCountLayout.EVENTS, -1, true),
                new Damage("number of events", EventCountLayout.EVENTS, Long.MIN_VALUE, true));
    }

    @Override
    protected void occupy(RegionEventCount events) {
        // Nothing has happened.
    }

    @Override
    protected void visit(RegionEventCount events) throws InterruptedException {
        events.awaitBeyond(0);
    }

    @Override
    protected void vacate(RegionEventCount events) {
        events.advance();
    }

    @Test
    void refusesToCountOn() throws IOException {
        for (long events : new long[] {-1, -2, Long.MIN_VALUE}) {
            try (Scene scene = new Scene(Scene.Place.HEAP, bodyBytes())) {
                DyingMemory memory = scene.process();
                memory.setLongRelease(EventCountLayout.EVENTS, events);
                assertThrows(CorruptLockException.class, attach(memory)::advance);
            }
        }
    }
}
