package io.sluice.locks.readwrite;

import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.readwrite.Membership.Place;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** An attachment as a writer, steps W1 to W4 of {@link Attachment}. One thread of it at a time claims or writes. */
final class Writing {

    private final RegionMemory memory;
    private final boolean fair;
    private final Membership membership;
    private final ReaderSlots slots;
    private final WriterGate writers;
    private final WakeWord gate;
    private final WakeWord drain;
    private final SlicedWait wait;
    private final ReentrantLock queueing;
    private final SlicedWait.Attempt isDrained = this::isDrained;
    private final SlicedWait.Obstacles readers = this::readers;
    private final BooleanSupplier looksDrained = this::looksDrained;

    private volatile long writing; // WRITER as we left it, 0: not ours; changed in steps
    private long acquisition; // our number while we write; confined to the writing thread
    private boolean drains; // whether it is noted that W2 takes long; confined to the claiming thread
    private int undrained; // first slot that W2 has yet to see without a reader; confined to the claiming thread

    Writing(
            RegionMemory memory,
            boolean fair,
            Membership membership,
            ReaderSlots slots,
            WriterGate writers,
            WakeWord gate,
            WakeWord drain,
            SlicedWait wait,
            ReentrantLock queueing) {
        this.memory = memory;
        this.fair = fair;
        this.membership = membership;
        this.slots = slots;
        this.writers = writers;
        this.gate = gate;
        this.drain = drain;
        this.wait = wait;
        this.queueing = queueing;
    }

    /** Begins to write, waiting for it. Returns false if the deadline passed first. */
    boolean start(long deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException(memory.name() + ": interrupted before waiting");
        }
        boolean entered = false;
        try {
            // Inside: whatever goes wrong behind the claim, it is withdrawn.
            if (!claim(deadline)) {
                return false;
            }
            entered = wait.await(isDrained, readers, drain, looksDrained, deadline);
        } finally {
            if (!entered) {
                withdraw();
            }
        }
        if (entered) {
            enter();
        }
        return entered;
    }

    /** Begins to write if that is possible now. */
    boolean tryStart() {
        if (!tryClaim(true)) {
            return false;
        }
        boolean entered = false;
        try {
            entered = isDrained(true);
        } finally {
            if (!entered) {
                withdraw();
            }
        }
        if (entered) {
            enter();
        }
        return entered;
    }

    /** W1, with the wait for it. */
    private boolean claim(long deadline) throws InterruptedException {
        if (!fair && tryClaim(false)) {
            return true;
        }
        queueing.lockInterruptibly();
        try {
            Place place = membership.queue(ReadWriteLayout.WANTS_WRITING, false);
            try {
                return wait.await(
                        probe -> place.mayGo(probe) && claimOrAsk(probe),
                        token -> inTheWay(place, token),
                        gate,
                        () -> membership.isClosed() || (writers.isClaimable() && place.mayGo(false)),
                        deadline);
            } finally {
                place.leave();
                stopAsking();
            }
        } finally {
            queueing.unlock();
        }
    }

    private boolean claimOrAsk(boolean probe) {
        try {
            membership.begin();
            if (tryClaim(probe)) {
                return true;
            }
            writers.announceIntent();
            return false;
        } finally {
            membership.end();
        }
    }

    private void stopAsking() {
        try {
            if (membership.beginUnlessClosed()) {
                writers.withdrawIntent();
            }
        } finally {
            membership.end();
        }
    }

    private boolean tryClaim(boolean probe) {
        try {
            membership.begin();
            long word = writers.claim(probe);
            if (WriterWord.isUnusable(word)) {
                throw new UnusableLockException(memory.name());
            }
            writing = word;
            undrained = 0;
            drains = false;
            return word != 0;
        } finally {
            membership.end();
        }
    }

    /** W2, as far as it goes without waiting. */
    private boolean isDrained(boolean probe) {
        try {
            membership.begin();
            while (undrained < slots.count() && slots.isLeft(undrained, probe)) {
                undrained++;
            }
            if (undrained < slots.count()) {
                noteDraining();
            }
            return undrained == slots.count();
        } finally {
            membership.end();
        }
    }

    /** For people: the claim is not a place in the queue any more, and this says since when it waits. */
    private void noteDraining() {
        if (!drains) {
            drains = true;
            memory.setLong(ReadWriteLayout.WRITING_SINCE, memory.coarseMillis());
        }
    }

    /** Names those who read. */
    private void readers(LongConsumer token) {
        for (int slot = undrained; slot < slots.count(); slot++) {
            if (slots.isReading(slot)) {
                token.accept(slots.owner(slot));
            }
        }
    }

    private void inTheWay(Place place, LongConsumer token) {
        writers.forEachWriter(token);
        place.forEachAhead(token);
    }

    private boolean looksDrained() {
        return membership.isClosed() || undrained == slots.count() || !slots.isReading(undrained);
    }

    /** W3. */
    private void enter() {
        // full fence. Drawn before entering: whoever gets the lock after us, rightly or not, draws a higher one.
        acquisition = memory.getAndAddLong(ReadWriteLayout.ACQUISITIONS, 1) + 1;
        // A death above leaves a claim with nothing written, below a writer's death to be told.
        replace(WriterWord.enter(writing));
        memory.setLong(ReadWriteLayout.WRITING_SINCE, memory.coarseMillis());
    }

    private void withdraw() {
        try {
            if (membership.beginUnlessClosed()) {
                withdrawNow();
            }
        } finally {
            membership.end();
        }
    }

    /** Takes back whatever claim there is; inside a step. */
    void withdrawNow() {
        if (writing != 0) {
            // Losing it means that we were held for dead, before anything was written: nobody is harmed.
            writers.replace(writing, WriterWord.withdraw(writing));
            writing = 0;
        }
        writers.withdrawIntent();
    }

    /** W4. */
    void stop() {
        replace(WriterWord.release(writing));
    }

    /** Says that the state is whole. */
    void markConsistent() {
        replace(writing & ~WriterWord.INCONSISTENT);
    }

    private void replace(long next) {
        try {
            membership.begin();
            long own = writing;
            // Without an own word one that has lost the lock is told once more, even if nobody has it now.
            if (own == 0 || !writers.replace(own, next)) {
                FencedException fenced = fenced();
                writing = 0;
                throw fenced;
            }
            writing = WriterWord.isOwned(next) ? next : 0;
        } finally {
            membership.end();
        }
    }

    private FencedException fenced() {
        return new FencedException(
                memory.name(), "writer " + Long.toHexString(writing), Long.toHexString(writers.word()));
    }

    /** Whether this attachment has the lock for writing. */
    boolean isWriting() {
        long word = writing;
        return word != 0 && !WriterWord.isPending(word);
    }

    /** Whether this attachment writes and was told of a death that nobody has repaired. */
    boolean isInconsistent() {
        return WriterWord.isInconsistent(writing);
    }

    /** Token of the writer whose death this one was told of. */
    long deadWriter() {
        return writers.deadWriter();
    }

    /** Number of this attachment's acquisition, while it writes. */
    long acquisition() {
        return acquisition;
    }

    /** Begins to write once more; true, unless the lock was given to others. */
    boolean reenter() {
        try {
            membership.begin();
            long own = writing;
            if (own == 0 || writers.word() != own) {
                throw fenced();
            }
            return true;
        } finally {
            membership.end();
        }
    }

    /** Frees an unusable lock. */
    boolean reset() {
        try {
            membership.begin();
            return WriterWord.isUnusable(writers.word()) && writers.replace(WriterWord.UNUSABLE, WriterWord.FREE);
        } finally {
            membership.end();
        }
    }
}
