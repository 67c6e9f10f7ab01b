package io.sluice.api.region;

import io.sluice.api.identity.ProcessIdentity;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.MappedRegionMemory;
import io.sluice.api.memory.MappingMode;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.os.FileStatus;
import io.sluice.api.os.NativeFile;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An attachment of this process to a region. {@link Regions} creates and opens them.
 *
 * <p>Any thread may use it. Detaching unmaps the region at once, also under threads that are using it: their next
 * access throws {@link DetachedException}. A process that dies counts as detached.
 */
public final class Region implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Region.class);

    private final RegionAddress address;
    private final RegionHeader header;
    private final FileStatus status;
    private final MappedRegionMemory memory;
    private final MappedRegionMemory control;
    private final boolean counted;
    private final AttachTable table;
    private final LifeState life;
    private final int entry;
    private volatile Consumer<RegionMemory> giveUp = ignored -> {};
    private volatile Object guard = new Object();
    private boolean attached = true;
    private boolean destroyedIfLast;

    private Region(
            RegionAddress address,
            RegionHeader header,
            FileStatus status,
            MappedRegionMemory memory,
            MappedRegionMemory control,
            boolean counted,
            ProcessIdentity identity,
            boolean readOnly) {
        this.address = address;
        this.header = header;
        this.status = status;
        this.memory = memory;
        this.control = control;
        this.counted = counted;
        this.table = new AttachTable(control);
        this.life = new LifeState(control);
        this.entry = counted ? table.register(address.path(), identity.pid(), identity.command(), readOnly) : -1;
        // After our own entry is there.
        memory.knowUsers(table::forEachOwner);
    }

    /** Attaches to a file whose header was checked. Takes nothing over: the caller closes the file. */
    static Region attach(
            RegionAddress address,
            RegionHeader header,
            FileStatus status,
            NativeFile file,
            boolean fileWritable,
            RegionOptions options,
            ProcessIdentity identity) {
        MappingMode mode = options.mapping() == MappingMode.AUTO ? Settings.mapping() : options.mapping();
        MappedRegionMemory memory = null;
        MappedRegionMemory control = null;
        boolean complete = false;
        try {
            memory = RegionFile.map(address.path(), mode, file, header.size(), !options.readOnly(), identity);
            // The control mapping outlives the main one by the few steps of detach().
            control = RegionFile.map(address.path(), MappingMode.STANDARD, file, header.size(), fileWritable, identity);
            Region region =
                    new Region(address, header, status, memory, control, fileWritable, identity, options.readOnly());
            complete = true;
            return region;
        } finally {
            if (!complete) {
                detachIfMapped(memory);
                detachIfMapped(control);
            }
        }
    }

    private static void detachIfMapped(MappedRegionMemory memory) {
        if (memory != null) {
            memory.detach();
        }
    }

    /** Name in its directory. */
    public String name() {
        return address.name();
    }

    /** Directory and name. */
    public RegionAddress address() {
        return address;
    }

    /** Kind that the creator gave it. */
    public String kind() {
        return header.kind();
    }

    /** The creator's 8 numbers. */
    public List<Long> geometry() {
        return header.geometry();
    }

    /** Bytes of the file. */
    public long sizeBytes() {
        return header.size();
    }

    /** The whole region's memory. */
    public RegionMemory memory() {
        return memory;
    }

    /**
     * The whole region through a mapping of its own, which works until {@link #detach()}: for structures that must undo
     * something after their users were cut off from {@link #memory()}. It takes address space, but no memory.
     */
    public RegionMemory control() {
        return control;
    }

    /** Whether this attachment may only read. */
    public boolean isReadOnly() {
        return !counted || !memory.isWritable();
    }

    /** Whether the region still took this attachment. */
    boolean enter() {
        return counted ? life.enter() : !life.isDestroyed();
    }

    /** Whether {@link #detach()} was called. */
    public synchronized boolean isDetached() {
        return !attached;
    }

    /** What the region says about itself. */
    public RegionInfo stat() {
        if (isDetached()) {
            throw new DetachedException(address.toString());
        }
        try {
            RegionInfo info = RegionReport.of(address.path(), header, status, control);
            // What was read of a mapping that another thread has given up meanwhile is of zeros.
            control.checkAttached();
            return info;
        } catch (RegionFormatException e) {
            control.checkAttached();
            throw e;
        }
    }

    /**
     * Ends the region now: its name is gone at once, live attachments keep working on what they have, and its memory is
     * given back when the last of them detaches. This attachment stays. Idempotent.
     */
    public void destroy() {
        if (isDetached()) {
            throw new DetachedException(address.toString());
        }
        if (!counted) {
            throw new RegionAccessException(address.path(), "a read-only attachment cannot destroy it", null);
        }
        life.destroy();
        RegionNames.remove(address, status);
    }

    /**
     * Lets the {@link #detach()} of this attachment destroy the region if no other live process is attached then, as if
     * the region had been created to go with its last attachment. A process that dies first leaves the region in place.
     */
    public synchronized void destroyIfLast() {
        if (!counted) {
            throw new RegionAccessException(address.path(), "a read-only attachment cannot destroy it", null);
        }
        destroyedIfLast = true;
    }

    private synchronized boolean isDestroyedIfLast() {
        return destroyedIfLast || header.isDestroyedOnLastDetach();
    }

    /**
     * Unmaps the region at once and gives up this attachment; a region made to be destroyed on the last detach goes
     * with the last live one. Threads that still use its memory get {@link DetachedException}. Idempotent.
     */
    public void detach() {
        synchronized (this) {
            if (!attached) {
                return;
            }
            attached = false;
        }
        Object inUse = guard;
        try {
            synchronized (inUse) {
                // If the system refuses this, nothing is given up until this process ends: late stores of its threads
                // could still reach the region, and who took a role over would meet them.
                memory.detach();
                giveUp.accept(control);
            }
        } finally {
            leave();
        }
        LOG.debug("detached from {}", address);
    }

    /**
     * Sets what a structure has to undo when this attachment ends, whoever ends it: it runs once, in {@link #detach()},
     * after every user of {@link #memory()} was cut off and before the attachment is given up, with the memory that
     * {@link #control()} is.
     */
    public void onDetach(Consumer<RegionMemory> undo) {
        giveUp = undo;
    }

    /**
     * As the other; {@link #memory()} is not cut off, either, as long as somebody is synchronized on {@code guardedBy}:
     * for structures that take something first and note then that it must be undone.
     */
    public void onDetach(Object guardedBy, Consumer<RegionMemory> undo) {
        guard = guardedBy;
        giveUp = undo;
    }

    private void leave() {
        try {
            boolean last = false;
            if (counted) {
                table.unregister(entry);
                last = isDestroyedIfLast() && life.destroyIfUnused(table);
            }
            if (last) {
                RegionNames.remove(address, status);
            }
        } catch (RegionAccessException e) {
            // The region has ended all the same; the next one to open or create it removes the name.
            LOG.warn("{} has ended, but its name could not be removed", address, e);
        } finally {
            control.detach();
        }
    }

    /** As {@link #detach()}. */
    @Override
    public void close() {
        detach();
    }
}
