package io.sluice.locks.latch;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.RegionMemory;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads how much is left and who has promised it. */
final class LatchStat {

    private LatchStat() {}

    static LockStat of(RegionMemory memory, int count) {
        Map<Long, Long> promises = new TreeMap<>();
        long left = 0;
        boolean broken = false;
        for (int index = 0; index < count; index++) {
            long word = memory.getLongAcquire(LatchLayout.count(index));
            left += LatchLayout.isDone(word) ? 0 : 1;
            broken |= LatchLayout.isBroken(word);
            if (LatchLayout.isPromise(word)) {
                promises.merge(LatchLayout.owner(word), 1L, Long::sum);
            }
        }
        List<LockStat.Holder> holders = promises.entrySet().stream()
                .map(promise -> new LockStat.Holder(
                        promise.getKey(), memory.isAlive(promise.getKey()), 0, promise.getValue(), Instant.EPOCH))
                .toList();
        String state = left == 0 ? "open" : left + " of " + count + " left" + (broken ? ", broken" : "");
        return new LockStat(LockKind.LATCH, memory.name(), state, holders, List.of());
    }
}
