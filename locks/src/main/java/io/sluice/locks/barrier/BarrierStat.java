package io.sluice.locks.barrier;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WakeWord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads who has joined and who waits. */
final class BarrierStat {

    private BarrierStat() {}

    static LockStat of(RegionMemory memory, int parties) {
        Generations generations = new Generations(memory, parties, new WakeWord(memory, BarrierLayout.WAKE));
        long state = generations.state();
        long generation = BarrierLayout.generation(state);
        List<LockStat.Holder> holders = new ArrayList<>();
        List<LockStat.Waiter> waiters = new ArrayList<>();
        for (int place = 0; place < parties; place++) {
            long owner = generations.owner(place);
            if (owner == BarrierLayout.FREE) {
                continue;
            }
            boolean alive = memory.isAlive(owner);
            holders.add(new LockStat.Holder(owner, alive, 0, 1, instant(memory, BarrierLayout.since(place))));
            if (generations.hasArrived(place, generation)) {
                waiters.add(new LockStat.Waiter(owner, alive, 0, 1, instant(memory, BarrierLayout.there(place))));
            }
        }
        String text = "generation " + generation + ", " + waiters.size() + " of " + parties + " arrived"
                + (BarrierLayout.isBroken(state) ? ", broken" : "");
        return new LockStat(LockKind.BARRIER, memory.name(), text, holders, waiters);
    }

    private static Instant instant(RegionMemory memory, long offset) {
        return Instant.ofEpochMilli(memory.getLong(offset));
    }
}
