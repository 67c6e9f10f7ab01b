package io.sluice.locks.readwrite;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WakeWord;
import java.util.function.LongConsumer;

/**
 * The writers' side of a lock: the word that lets one writer in and keeps readers out, and the word by which a waiting
 * writer asks readers to stand back. All methods are one attempt; none waits.
 */
final class WriterGate {

    private final RegionMemory memory;
    private final boolean preferWriters;
    private final long token;
    private final WakeWord wake;
    private long tookFrom; // the dead writer whose place the last successful claim() took; its callers serialise

    WriterGate(RegionMemory memory, boolean preferWriters, WakeWord wake) {
        this.memory = memory;
        this.preferWriters = preferWriters;
        this.token = memory.selfToken();
        this.wake = wake;
    }

    /** The word as it is now. */
    long word() {
        // acquire; pairs with the CAS of replace(): what the writer wrote is visible to who sees it gone.
        long word = memory.getLongAcquire(ReadWriteLayout.WRITER);
        if (!WriterWord.isValid(word)) {
            throw new CorruptLockException(
                    memory.name(), "writer word", "a token with its flags", Long.toHexString(word));
        }
        return word;
    }

    // ---- readers --------------------------------------------------------------------------------------------------

    /** Whether a reader that arrives may try to get in; cheap, for waiting. */
    boolean isOpen() {
        return !WriterWord.isOwned(word()) && !isWriterWaiting();
    }

    /**
     * As {@link #isOpen()}, after taking dead writers out of the way.
     *
     * @param probe whether to find out if those in the way are dead
     */
    boolean isOpen(boolean probe) {
        while (true) {
            long word = word();
            if (!WriterWord.isOwned(word) && !isWriterWaiting()) {
                return true;
            }
            if (!probe) {
                return false;
            }
            if (!removeDeadClaim(word) && !removeDeadIntent()) {
                return isOpen();
            }
        }
    }

    /** Names who writes or is about to, and who has asked readers to stand back. */
    void forEachWriter(LongConsumer token) {
        token.accept(WriterWord.owner(word()));
        token.accept(preferWriters ? intent() : 0);
    }

    /** Whether the state must not be read: a writer died writing it. Costs a system call while somebody writes. */
    boolean isHalfWritten(long word, boolean probe) {
        if (WriterWord.isOwned(word)) {
            return probe && WriterWord.mayBeHalfWritten(word) && !memory.isAlive(WriterWord.owner(word));
        }
        return WriterWord.isInconsistent(word);
    }

    private boolean removeDeadClaim(long word) {
        if (!WriterWord.isOwned(word) || !WriterWord.isPending(word) || memory.isAlive(WriterWord.owner(word))) {
            return false;
        }
        // full fence; losing it means a writer took the claim over or another reader was quicker: look again.
        if (memory.compareAndSetLong(ReadWriteLayout.WRITER, word, WriterWord.withdraw(word))) {
            wake.wake();
        }
        return true;
    }

    private boolean isWriterWaiting() {
        return preferWriters && intent() != 0;
    }

    /** Token of the writer that has asked readers to stand back; 0 if none has. */
    private long intent() {
        long intent = memory.getLongAcquire(ReadWriteLayout.INTENT);
        if (WriterWord.owner(intent) != intent) {
            throw new CorruptLockException(memory.name(), "writer's intent", "a token", Long.toHexString(intent));
        }
        return intent;
    }

    private boolean removeDeadIntent() {
        if (!preferWriters) {
            return false;
        }
        long intent = intent();
        if (intent == 0 || memory.isAlive(intent)) {
            return false;
        }
        if (memory.compareAndSetLong(ReadWriteLayout.INTENT, intent, 0)) {
            wake.wake();
        }
        return true;
    }

    // ---- writers --------------------------------------------------------------------------------------------------

    /** Whether a writer may try to shut the gate; cheap, for waiting. */
    boolean isClaimable() {
        return !WriterWord.isOwned(word());
    }

    /**
     * Shuts the gate if it is free or its owner is dead.
     *
     * @param probe whether to find out if the owner is dead
     * @return the word as claimed; 0 if a live process is in the way; {@link WriterWord#UNUSABLE} if it is that
     */
    long claim(boolean probe) {
        while (true) {
            long word = word();
            if (WriterWord.isUnusable(word)) {
                return word;
            }
            if (WriterWord.isOwned(word) && !(probe && !memory.isAlive(WriterWord.owner(word)))) {
                return 0;
            }
            long claimed = WriterWord.claim(word, token);
            boolean writing = WriterWord.isOwned(word) && !WriterWord.isPending(word);
            if (writing) {
                // For who comes after us, if we die with nothing but the claim.
                memory.setLong(ReadWriteLayout.DEAD_WRITER, WriterWord.owner(word));
            }
            // full fence; pairs with ReaderSlots.begin: either that reader's slot is seen reading by the loads that
            // follow here, or the reader sees this claim and steps back. Losing it means another writer was quicker.
            // A death above this line changes nothing; below it, the claim of a dead process that wrote nothing.
            if (memory.compareAndSetLong(ReadWriteLayout.WRITER, word, claimed)) {
                tookFrom = writing ? WriterWord.owner(word) : 0;
                return claimed;
            }
        }
    }

    /**
     * Token of the writer whose death the owner of the last claim is told of: the one it took the lock from, or, if
     * that one had only claimed it in its turn, the one before.
     */
    long deadWriter() {
        return tookFrom != 0 ? tookFrom : memory.getLongAcquire(ReadWriteLayout.DEAD_WRITER);
    }

    /** Asks readers to stand back; they do until {@link #withdrawIntent()} or this process's death. */
    void announceIntent() {
        if (preferWriters && intent() == 0) {
            // Losing it means another writer waits too; one of them is enough to keep readers back.
            memory.compareAndSetLong(ReadWriteLayout.INTENT, 0, token);
        }
    }

    /** Takes back this process's wish; another waiting writer is woken so that it announces its own. */
    void withdrawIntent() {
        if (preferWriters && memory.getLongAcquire(ReadWriteLayout.INTENT) == token) {
            // Losing it means that we were held for dead: nothing to take back.
            memory.compareAndSetLong(ReadWriteLayout.INTENT, token, 0);
            wake.wake();
        }
    }

    /**
     * Replaces the word that this process left there by the next, and wakes those who wait for it if it is free then.
     *
     * @return false if the word is no longer ours
     */
    boolean replace(long own, long next) {
        // full fence; pairs with word()'s acquire: everything done under the old word is visible to who sees the new.
        // A death above this line leaves a dead owner; between it and the wake, sleepers who wait out their slice.
        if (!memory.compareAndSetLong(ReadWriteLayout.WRITER, own, next)) {
            return false;
        }
        if (!WriterWord.isOwned(next)) {
            wake.wake();
        }
        return true;
    }
}
