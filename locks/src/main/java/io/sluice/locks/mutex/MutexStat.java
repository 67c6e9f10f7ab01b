package io.sluice.locks.mutex;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.support.WaitList;
import java.time.Instant;
import java.util.List;

/** Looks at a mutex without touching it. */
final class MutexStat {

    private MutexStat() {}

    static LockStat of(RegionMemory memory) {
        long word = memory.getLongAcquire(MutexLayout.WORD);
        MutexWord.check(memory.name(), word);
        return new LockStat(
                LockKind.MUTEX,
                memory.name(),
                MutexWord.describe(word),
                holders(memory, word),
                new WaitList(memory, MutexLayout.WAITERS).waiters());
    }

    private static List<LockStat.Holder> holders(RegionMemory memory, long word) {
        long holder = MutexWord.holder(word);
        if (holder == 0) {
            return List.of();
        }
        return List.of(new LockStat.Holder(
                holder,
                memory.isAlive(holder),
                memory.getLong(MutexLayout.THREAD),
                1,
                Instant.ofEpochMilli(memory.getLong(MutexLayout.SINCE))));
    }
}
