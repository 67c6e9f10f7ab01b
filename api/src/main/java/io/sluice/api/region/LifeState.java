package io.sluice.api.region;

import io.sluice.api.memory.RegionMemory;
import java.nio.file.Path;

/**
 * Whether a region still takes attachments: one word that decides between the last one who leaves and somebody who
 * comes at the same moment. Its lowest two bits are the phase, the others count the changes, so that no CAS takes one
 * CLOSING for another.
 *
 * <pre>
 *   leaving: free my entry; CAS any but DESTROYED -> my CLOSING; anybody live in the table?
 *            yes: CAS my CLOSING -> LIVE.  no: CAS my CLOSING -> DESTROYED
 *   coming:  take an entry; read the word. LIVE: in. CLOSING: CAS -> LIVE: in. DESTROYED: give the entry back
 * </pre>
 *
 * <p>Whoever comes has its entry in the table before it touches the word; whoever leaves reads the table after it set
 * CLOSING. So either the one who leaves sees the entry, or the one who comes undoes CLOSING and the leaver's last CAS
 * fails. Of two who leave at once, the later CLOSING decides. Nobody waits for anybody: a process that dies or stops in
 * CLOSING leaves a word that the next one undoes or takes over.
 */
final class LifeState {

    private static final long PHASE_MASK = 3;

    private final RegionMemory memory;

    LifeState(RegionMemory memory) {
        this.memory = memory;
    }

    /** Phase of a word: one of {@link RegionHeaderLayout}'s states. */
    static long phase(long word) {
        return word & PHASE_MASK;
    }

    private static long next(long word, long phase) {
        return (word & ~PHASE_MASK) + (PHASE_MASK + 1) + phase;
    }

    /**
     * To be called once this process has an entry; false if the region is destroyed.
     *
     * @throws RegionFormatException if the word is none that Sluice writes
     */
    boolean enter() {
        while (true) {
            long word = readChecked();
            if (phase(word) == RegionHeaderLayout.STATE_LIVE) {
                return true;
            }
            if (phase(word) == RegionHeaderLayout.STATE_DESTROYED) {
                return false;
            }
            // full fence; pairs with leave()'s last CAS on the same word, of which only one can win.
            if (memory.compareAndSetLong(RegionHeaderLayout.STATE, word, next(word, RegionHeaderLayout.STATE_LIVE))) {
                return true;
            }
        }
    }

    /**
     * Destroys the region if nobody live is attached. To be called once this process's entry is freed.
     *
     * @return whether this call destroyed it, so that its name must go
     */
    boolean destroyIfUnused(AttachTable table) {
        long word;
        do {
            word = memory.getLongAcquire(RegionHeaderLayout.STATE);
            if (phase(word) == RegionHeaderLayout.STATE_DESTROYED) {
                return false;
            }
            // full fence; pairs with enter(): an entry that hasLiveAttachment misses belongs to somebody who sees this.
        } while (!memory.compareAndSetLong(
                RegionHeaderLayout.STATE, word, next(word, RegionHeaderLayout.STATE_CLOSING)));
        long closing = next(word, RegionHeaderLayout.STATE_CLOSING);
        boolean occupied = table.hasLiveAttachment();
        long outcome = occupied ? RegionHeaderLayout.STATE_LIVE : RegionHeaderLayout.STATE_DESTROYED;
        // full fence; losing it means somebody came, or left after us and decides instead.
        // A death above this line leaves CLOSING; below it, DESTROYED with a name that the next one to open removes.
        return memory.compareAndSetLong(RegionHeaderLayout.STATE, closing, next(closing, outcome)) && !occupied;
    }

    /** Ends the region at once, whoever is attached; false if it was destroyed already. */
    boolean destroy() {
        while (true) {
            long word = memory.getLongAcquire(RegionHeaderLayout.STATE);
            if (phase(word) == RegionHeaderLayout.STATE_DESTROYED) {
                return false;
            }
            // full fence; pairs with enter(): who comes later sees it, who came earlier keeps what it has.
            if (memory.compareAndSetLong(
                    RegionHeaderLayout.STATE, word, next(word, RegionHeaderLayout.STATE_DESTROYED))) {
                return true;
            }
        }
    }

    /**
     * Whether the region was ended.
     *
     * @throws RegionFormatException if the word is none that Sluice writes
     */
    boolean isDestroyed() {
        return phase(readChecked()) == RegionHeaderLayout.STATE_DESTROYED;
    }

    /** Leaving and destroying take any word, so that a region with a damaged one can still be got rid of. */
    private long readChecked() {
        // acquire; pairs with the CASes of enter(), destroyIfUnused() and destroy().
        long word = memory.getLongAcquire(RegionHeaderLayout.STATE);
        if (phase(word) == 0) {
            throw new RegionFormatException(
                    Path.of(memory.name()), "state", "1, 2 or 3 in the lowest two bits", "0x" + Long.toHexString(word));
        }
        return word;
    }
}
