package io.sluice.locks.latch;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.support.WaitList;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads how much is left, who has promised it and who waits. */
final class LatchStat {

    private LatchStat() {}

    static LockStat of(RegionMemory memory, int count) {
        LatchWords words = new LatchWords(memory);
        Map<Long, Promises> promises = new TreeMap<>();
        long left = 0;
        boolean broken = false;
        for (int index = 0; index < count; index++) {
            long word = words.get(index);
            left += LatchLayout.isDone(word) ? 0 : 1;
            broken |= LatchLayout.isBroken(word);
            if (LatchLayout.isPromise(word)) {
                Promises one = new Promises(1, memory.getLong(LatchLayout.since(index)));
                promises.merge(LatchLayout.owner(word), one, Promises::and);
            }
        }
        List<LockStat.Holder> holders = promises.entrySet().stream()
                .map(of -> of.getValue().madeBy(of.getKey(), memory))
                .toList();
        String state = left == 0 ? "open" : left + " of " + count + " left" + (broken ? ", broken" : "");
        List<LockStat.Waiter> waiters = new WaitList(memory, LatchLayout.WAITERS).waiters();
        return new LockStat(LockKind.LATCH, memory.name(), state, holders, waiters);
    }

    /** What one process has promised: how many counts, and when the first of them. */
    private record Promises(long count, long since) {

        Promises and(Promises other) {
            return new Promises(count + other.count, Math.min(since, other.since));
        }

        LockStat.Holder madeBy(long token, RegionMemory memory) {
            return new LockStat.Holder(token, memory.isAlive(token), 0, count, Instant.ofEpochMilli(since));
        }
    }
}
