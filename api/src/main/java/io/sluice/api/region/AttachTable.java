package io.sluice.api.region;

import io.sluice.api.memory.RegionMemory;
import java.nio.file.Path;
import java.util.function.LongConsumer;

/**
 * Who is attached: entries in the header, each owned through a CAS on its token. An entry of a dead process counts as
 * free. Everything but the token is for people.
 *
 * <p>Any process, any thread; lock-free.
 */
final class AttachTable {

    private static final long FREE = 0;

    private final RegionMemory memory;

    AttachTable(RegionMemory memory) {
        this.memory = memory;
    }

    /**
     * Takes an entry.
     *
     * @return its index
     * @throws RegionFullException if live processes hold all
     */
    int register(Path file, long pid, String command, boolean readOnly) {
        int entry = takeFree(true);
        if (entry < 0) {
            entry = takeFree(false);
        }
        if (entry < 0) {
            throw new RegionFullException(file);
        }
        long offset = offset(entry);
        long now = System.currentTimeMillis();
        memory.setLong(offset + RegionHeaderLayout.ATTACHMENT_PID, pid);
        memory.setLong(offset + RegionHeaderLayout.ATTACHMENT_FLAGS, readOnly ? RegionHeaderLayout.FLAG_READ_ONLY : 0);
        byte[] text = RegionHeader.Texts.padded(command, RegionHeaderLayout.ATTACHMENT_COMMAND_BYTES);
        memory.copyIn(offset + RegionHeaderLayout.ATTACHMENT_COMMAND, text, 0, text.length);
        memory.setLong(offset + RegionHeaderLayout.ATTACHMENT_SINCE_MILLIS, now);
        memory.setLong(RegionHeaderLayout.ATTACHED_MILLIS, now);
        return entry;
    }

    /** Takes the first entry that nobody owns, or that a dead process does; -1 if there is none. */
    private int takeFree(boolean neverUsedOnly) {
        long self = memory.selfToken();
        for (int entry = 0; entry < RegionHeaderLayout.ATTACHMENT_COUNT; entry++) {
            // acquire; pairs with unregister's CAS. Nothing is read on the strength of it but the token itself.
            long owner = memory.getLongAcquire(offset(entry));
            boolean usable = owner == FREE || (!neverUsedOnly && !memory.isAlive(owner));
            // full fence; pairs with the fence in hasLiveOther: the entry is there before we look at STATE.
            // A death below this line leaves an entry of a dead process, which is as good as free.
            if (usable && memory.compareAndSetLong(offset(entry), owner, self)) {
                return entry;
            }
        }
        return -1;
    }

    /** Frees an entry of this process. */
    void unregister(int entry) {
        memory.setLong(RegionHeaderLayout.DETACHED_MILLIS, System.currentTimeMillis());
        // full fence; pairs with hasLiveAttachment of whoever else is closing: one of us sees that nobody is left.
        memory.compareAndSetLong(offset(entry), memory.selfToken(), FREE);
    }

    /** Whether any live process, this one included, is attached. */
    boolean hasLiveAttachment() {
        memory.fullFence();
        for (int entry = 0; entry < RegionHeaderLayout.ATTACHMENT_COUNT; entry++) {
            long owner = memory.getLongAcquire(offset(entry));
            if (owner != FREE && memory.isAlive(owner)) {
                return true;
            }
        }
        return false;
    }

    /** Names who has an entry, dead ones included. */
    void forEachOwner(LongConsumer token) {
        for (int entry = 0; entry < RegionHeaderLayout.ATTACHMENT_COUNT; entry++) {
            // acquire; pairs with takeFree's CAS.
            long owner = memory.getLongAcquire(offset(entry));
            if (owner != FREE) {
                token.accept(owner);
            }
        }
    }

    static long offset(int entry) {
        return RegionHeaderLayout.ATTACHMENTS + (long) entry * RegionHeaderLayout.ATTACHMENT_BYTES;
    }
}
