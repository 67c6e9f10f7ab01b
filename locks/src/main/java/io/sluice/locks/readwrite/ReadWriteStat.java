package io.sluice.locks.readwrite;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WakeWord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads who reads, who writes and who waits. */
final class ReadWriteStat {

    private ReadWriteStat() {}

    static LockStat of(RegionMemory memory, int attachments) {
        ReaderSlots slots = new ReaderSlots(memory, attachments);
        long word = new WriterGate(memory, false, new WakeWord(memory, ReadWriteLayout.GATE)).word();
        List<LockStat.Holder> holders = new ArrayList<>();
        List<LockStat.Waiter> waiters = new ArrayList<>();
        if (WriterWord.isOwned(word)) {
            long writer = WriterWord.owner(word);
            boolean alive = memory.isAlive(writer);
            Instant since = instant(memory, ReadWriteLayout.WRITING_SINCE);
            if (WriterWord.isPending(word)) {
                // In front of all who wait in slots: it is next, once the readers have left.
                waiters.add(new LockStat.Waiter(writer, alive, 0, ReadWriteLayout.WANTS_WRITING, since));
            } else {
                holders.add(new LockStat.Holder(writer, alive, 0, 1, since));
            }
        }
        int readers = 0;
        for (int slot = 0; slot < attachments; slot++) {
            long owner = slots.owner(slot);
            if (owner == ReaderSlots.FREE) {
                continue;
            }
            Instant since = instant(memory, ReadWriteLayout.since(slot));
            if (slots.isReading(slot)) {
                readers++;
                holders.add(new LockStat.Holder(owner, memory.isAlive(owner), 0, 1, since));
            }
            long wants = memory.getLongAcquire(ReadWriteLayout.wants(slot));
            if (wants != ReadWriteLayout.WANTS_NOTHING) {
                waiters.add(new LockStat.Waiter(owner, memory.isAlive(owner), 0, wants, since));
            }
        }
        return new LockStat(LockKind.READ_WRITE_LOCK, memory.name(), state(word, readers), holders, waiters);
    }

    private static String state(long word, int readers) {
        if (WriterWord.isUnusable(word)) {
            return "unusable";
        }
        String doubt = WriterWord.isInconsistent(word) ? ", inconsistent" : "";
        if (WriterWord.isOwned(word) && !WriterWord.isPending(word)) {
            return "writing" + doubt;
        }
        String draining = WriterWord.isOwned(word) ? ", a writer is next" : "";
        return (readers == 0 ? "free" : readers + " reading") + draining + doubt;
    }

    private static Instant instant(RegionMemory memory, long offset) {
        return Instant.ofEpochMilli(memory.getLong(offset));
    }
}
