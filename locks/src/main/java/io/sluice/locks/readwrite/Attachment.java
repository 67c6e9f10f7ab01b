package io.sluice.locks.readwrite;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.CarrierFriendly;
import io.sluice.api.waiting.Newcomer;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What one attachment does in shared memory on behalf of all its threads: it reads or not, it writes or not. Which of
 * its threads may is settled before, in {@link RegionReadWriteLock}.
 *
 * <pre>
 *   reader                                  writer
 *   R1 gate open? else wait                 W1 CAS WRITER free or dead -> mine, PENDING; else wait
 *   R2 CAS my slot -> READING               W2 each slot, once: until it does not read, or its reader is dead
 *   R3 gate still open? else undo R2, wait  W3 CAS WRITER mine, PENDING -> mine
 *   ... read ...                            ... write ...
 *   R4 CAS my slot -> not reading           W4 CAS WRITER mine -> free
 * </pre>
 *
 * R2 and W1 are full fences: either the writer sees the reader in W2, or the reader sees the writer in R3. A slot that
 * W2 has once seen without a reader need not be looked at again, since who reads through it later sees W1.
 *
 * <p>Every numbered step is one CAS, so a death falls between two of them: after R2 the hold of a dead reader is
 * removed by W2; after W1 the claim of a dead writer, who has written nothing, is removed by R1 or W1; after W3 W1
 * takes the word over with INCONSISTENT in it. The scheme is the distributed reader indicator of Calciu et al.,
 * "NUMA-aware reader-writer locks" (2013), with owners' names in the indicator.
 */
final class Attachment {

    private final RegionMemory memory;
    private final WakeWord gate;
    private final WakeWord drain;
    private final Membership membership;
    private final Writing writing;
    private final Reading reading;

    Attachment(RegionMemory memory, int attachments, boolean fair, WaitStrategy strategy) {
        this.memory = memory;
        this.gate = new WakeWord(memory, ReadWriteLayout.GATE);
        this.drain = new WakeWord(memory, ReadWriteLayout.DRAIN);
        ReaderSlots slots = new ReaderSlots(memory, attachments);
        WriterGate writers = new WriterGate(memory, !fair, gate);
        SlicedWait wait = new SlicedWait(memory, new CarrierFriendly(strategy));
        // Who of the threads speaks for this attachment in its one place in the queue.
        ReentrantLock queueing = new ReentrantLock(fair);
        this.membership = new Membership(memory, fair, slots, new ArrivalOrder(memory, slots, gate));
        this.writing = new Writing(memory, fair, membership, slots, writers, gate, drain, wait, queueing);
        this.reading = new Reading(memory, fair, membership, slots, writers, writing, gate, drain, wait, queueing);
        Newcomer.tell(memory, gate, drain);
    }

    Reading reading() {
        return reading;
    }

    Writing writing() {
        return writing;
    }

    /** Gives everything back and ends all use; threads that wait find out at once. Returns false if done before. */
    boolean close() {
        try {
            if (!membership.beginUnlessClosed()) {
                return false;
            }
            if (reading.isReading() || writing.isWriting()) {
                throw new IllegalStateException(memory.name() + ": closed while a thread holds it for "
                        + (reading.isReading() ? "reading" : "writing"));
            }
            writing.withdrawNow();
            membership.close();
            // Our own sleepers among others: they find it closed.
            gate.wake();
            drain.wake();
            return true;
        } finally {
            membership.end();
        }
    }

    void checkOpen() {
        try {
            membership.begin();
        } finally {
            membership.end();
        }
    }
}
