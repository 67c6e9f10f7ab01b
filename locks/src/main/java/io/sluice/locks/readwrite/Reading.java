package io.sluice.locks.readwrite;

import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.RepairNeededException;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.readwrite.Membership.Place;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * An attachment as a reader, steps R1 to R4 of {@link Attachment}: its slot says "reading" while any thread of it does.
 */
final class Reading {

    private final RegionMemory memory;
    private final boolean fair;
    private final Membership membership;
    private final ReaderSlots slots;
    private final WriterGate writers;
    private final Writing writing;
    private final WakeWord gate;
    private final WakeWord drain;
    private final SlicedWait wait;
    private final ReentrantLock queueing;

    private int readers; // threads that read; changed in steps
    private int readingSlot; // the slot that says so, while there are any; changed in steps
    private int fenced; // threads that read through a slot that was lost and do not know yet; changed in steps

    Reading(
            RegionMemory memory,
            boolean fair,
            Membership membership,
            ReaderSlots slots,
            WriterGate writers,
            Writing writing,
            WakeWord gate,
            WakeWord drain,
            SlicedWait wait,
            ReentrantLock queueing) {
        this.memory = memory;
        this.fair = fair;
        this.membership = membership;
        this.slots = slots;
        this.writers = writers;
        this.writing = writing;
        this.gate = gate;
        this.drain = drain;
        this.wait = wait;
        this.queueing = queueing;
    }

    /** Begins to read for one more thread, waiting for it. Returns false if the deadline passed first. */
    boolean start(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(memory.name() + ": interrupted before waiting");
        }
        boolean mayBarge = !fair || writing.isWriting();
        if (mayBarge && tryStart(false)) {
            return true;
        }
        if (!queueing.tryLock(Math.max(0, Deadline.nanosLeft(memory, deadline)), TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            Place place = membership.queue(ReadWriteLayout.WANTS_READING, isReading());
            try {
                return wait.await(
                        probe -> place.mayGo(probe) && tryStart(probe),
                        token -> inTheWay(place, token),
                        gate,
                        () -> membership.isClosed() || (writers.isOpen() && place.mayGo(false)),
                        deadline);
            } finally {
                place.leave();
            }
        } finally {
            queueing.unlock();
        }
    }

    private void inTheWay(Place place, LongConsumer token) {
        writers.forEachWriter(token);
        place.forEachAhead(token);
    }

    /**
     * Begins to read for one more thread if that is possible now.
     *
     * @param probe whether to find out if those in the way are dead
     */
    boolean tryStart(boolean probe) {
        try {
            membership.begin();
            forgetLostSlot();
            // Our own writer goes on to read without a look: it keeps everybody else out while the slot changes.
            if (!writing.isWriting() && !mayRead(probe)) {
                return false;
            }
            if (readers > 0) {
                checkReading();
            } else if (!beginReading()) {
                return false;
            }
            readers++;
            return true;
        } finally {
            membership.end();
        }
    }

    /** R1. */
    private boolean mayRead(boolean probe) {
        long word = writers.word();
        if (WriterWord.isUnusable(word)) {
            throw new UnusableLockException(memory.name());
        }
        if (writers.isHalfWritten(word, probe)) {
            throw new RepairNeededException(memory.name());
        }
        return writers.isOpen(probe);
    }

    /** R2 and R3. */
    private boolean beginReading() {
        int slot = membership.slot();
        if (!slots.begin(slot)) {
            throw membership.lost("reader slot " + slot);
        }
        readingSlot = slot;
        if (!writing.isWriting() && writers.word() != WriterWord.FREE) {
            // A writer was quicker. It may have seen us and wait.
            endReading();
            return false;
        }
        memory.setLong(ReadWriteLayout.since(slot), memory.coarseMillis());
        return true;
    }

    /** R4. */
    private void endReading() {
        if (!slots.end(readingSlot)) {
            throw membership.lost("reader slot " + readingSlot);
        }
        drain.wake();
    }

    /** Ends reading for one thread. */
    void stop() {
        try {
            membership.begin();
            forgetLostSlot();
            if (fenced > 0) {
                // Perhaps another thread's: whichever unlocks first is told, and the slot is left by the last.
                fenced--;
                throw new FencedException(memory.name(), "own reader slot", "another's");
            }
            readers--;
            checkReading();
            if (readers == 0) {
                endReading();
            }
        } finally {
            membership.end();
        }
    }

    /** Throws if the slot no longer says that this attachment reads; what threads still believe so are told later. */
    private void checkReading() {
        if (!slots.isOwnReading(readingSlot)) {
            fenced += readers;
            readers = 0;
            throw membership.lost("reader slot " + readingSlot);
        }
    }

    private void forgetLostSlot() {
        if (readers > 0 && readingSlot != membership.slot()) {
            fenced += readers;
            readers = 0;
        }
    }

    /** Whether a thread reads. */
    boolean isReading() {
        return readers > 0;
    }
}
