package io.sluice.api.region;

import io.sluice.api.memory.RegionMemory;
import java.nio.file.Path;

/**
 * A region's attachments and life without its file, as {@link Region} and {@link Regions} use them: for checks that
 * model the memory. In this package because both are hidden in it.
 */
public final class RegionLife {

    /** Bytes of memory that it needs. */
    public static final long MEMORY_BYTES = RegionHeaderLayout.BODY;

    /** Offset of the word that says whether the region takes attachments. */
    public static final long STATE = RegionHeaderLayout.STATE;

    /** The state of a region that is in use. */
    public static final long LIVE = RegionHeaderLayout.STATE_LIVE;

    private static final int REFUSED = -1;
    private static final RegionHeader HEADER = new RegionHeader(
            "stress", MEMORY_BYTES, RegionSpec.of("stress", 0).geometry(), 0, 1, 1, 1, 1, "somebody", "something");

    private final RegionMemory memory;
    private final AttachTable table;
    private final LifeState life;

    /** The region in {@code memory}. */
    public RegionLife(RegionMemory memory) {
        this.memory = memory;
        this.table = new AttachTable(memory);
        this.life = new LifeState(memory);
    }

    /** Makes {@code memory} a new region to which the processes with {@code tokens} are attached, in this order. */
    public static void initialize(RegionMemory memory, long... tokens) {
        memory.setLongRelease(STATE, RegionHeaderLayout.STATE_LIVE);
        for (int entry = 0; entry < tokens.length; entry++) {
            memory.setLongRelease(entry(entry), tokens[entry]);
        }
    }

    /** Writes a header as the creation of a region does. */
    public static void writeHeader(RegionMemory memory) {
        HEADER.writeTo(memory);
    }

    /** Whether the header is what {@link #writeHeader} wrote, checked as the opening of a region does. */
    public static boolean isHeaderWhole(RegionMemory memory) {
        byte[] bytes = new byte[RegionHeaderLayout.IMMUTABLE_BYTES];
        memory.copyOut(0, bytes, 0, bytes.length);
        try {
            return RegionHeader.parse(Path.of(memory.name()), bytes, MEMORY_BYTES)
                    .equals(HEADER);
        } catch (RegionFormatException e) {
            return false;
        }
    }

    /** Offset of the token of an entry of the attach table. */
    public static long entry(int entry) {
        return AttachTable.offset(entry);
    }

    /** Whether a state word says that the region was ended. */
    public static boolean isDestroyed(long state) {
        return LifeState.phase(state) == RegionHeaderLayout.STATE_DESTROYED;
    }

    /** Whether a state word says that the region takes attachments and nobody is about to end it. */
    public static boolean isLive(long state) {
        return LifeState.phase(state) == RegionHeaderLayout.STATE_LIVE;
    }

    /** Attaches; the entry, or below 0 if the region was ended. */
    public int attach() {
        int entry = table.register(Path.of(memory.name()), 1, "", false);
        if (life.enter()) {
            return entry;
        }
        detach(entry);
        return REFUSED;
    }

    /** Detaches; whether this ended the region. */
    public boolean detach(int entry) {
        table.unregister(entry);
        return life.destroyIfUnused(table);
    }

    /** Ends the region if nobody who is attached lives; whether it was ended. What opening does first. */
    public boolean endIfAbandoned() {
        return life.isDestroyed() || (!table.hasLiveAttachment() && life.destroyIfUnused(table));
    }

    /** Ends the region; false if it was ended before. */
    public boolean destroy() {
        return life.destroy();
    }
}
