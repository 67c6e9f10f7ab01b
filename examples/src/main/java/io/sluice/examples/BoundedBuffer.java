package io.sluice.examples;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.lock.SharedSemaphore;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import java.time.Duration;
import java.util.List;

/**
 * The bounded buffer of the textbooks, between processes: a mutex around the buffer, a semaphore {@code full} that
 * counts what is in it and a semaphore {@code empty} that counts what is not (Dijkstra, "Cooperating sequential
 * processes", 1965). Any number of producers and consumers in any number of processes; every item goes to one consumer.
 *
 * <p>It is here to be compared with the rings, which need no lock. And for its weakness: the semaphores must be
 * released by others than acquired them, so a process that is killed between {@code acquire} and {@code release} takes
 * one permit along - a place, or an item, is out of use from then on. The buffer itself stays whole: an item is in it
 * when TAIL says so, one store, so who gets the mutex of a dead owner has nothing to repair.
 *
 * <pre>
 *  BODY  HEAD   long  items ever taken
 *    +8  TAIL   long  items ever put
 *   +16  ITEMS        capacity items of: length as int, bytes, padding to 8
 * </pre>
 */
public final class BoundedBuffer implements AutoCloseable {

    private static final String KIND = "example.buffer";
    private static final long HEAD = RegionHeaderLayout.BODY;
    private static final long TAIL = RegionHeaderLayout.BODY + 8;
    private static final long ITEMS = RegionHeaderLayout.BODY + 16;

    private final Region region;
    private final RegionMemory memory;
    private final int capacity;
    private final int itemBytes;
    private final SharedMutex mutex;
    private final SharedSemaphore full;
    private final SharedSemaphore empty;

    private BoundedBuffer(
            Region region,
            int capacity,
            int itemBytes,
            SharedMutex mutex,
            SharedSemaphore full,
            SharedSemaphore empty) {
        this.region = region;
        this.memory = region.memory();
        this.capacity = capacity;
        this.itemBytes = itemBytes;
        this.mutex = mutex;
        this.full = full;
        this.empty = empty;
        mutex.onOwnerDeath(death -> {});
    }

    /**
     * Opens a buffer of the default directory or creates it.
     *
     * @param capacity items that it holds
     * @param itemBytes longest item
     * @throws RegionFormatException if it exists with other numbers
     */
    public static BoundedBuffer openOrCreate(String name, int capacity, int itemBytes) {
        return openOrCreate(RegionAddress.of(name), capacity, itemBytes);
    }

    /** The same in another place. */
    public static BoundedBuffer openOrCreate(RegionAddress address, int capacity, int itemBytes) {
        List<Long> geometry = List.of((long) capacity, (long) itemBytes);
        RegionSpec spec =
                new RegionSpec(KIND, ITEMS - RegionHeaderLayout.BODY + capacity * slotBytes(itemBytes), geometry);
        Region region = Regions.openOrCreate(address, spec, RegionOptions.DEFAULT);
        if (!region.geometry().subList(0, 2).equals(geometry)) {
            List<Long> found = region.geometry();
            region.detach();
            throw new RegionFormatException(address.path(), "capacity and item size", geometry, found);
        }
        return new BoundedBuffer(
                region,
                capacity,
                itemBytes,
                Locks.openOrCreate(part(LockSpec.mutex("mutex"), address)),
                Locks.openOrCreate(part(LockSpec.signallingSemaphore("full", 0), address)),
                Locks.openOrCreate(part(LockSpec.signallingSemaphore("empty", capacity), address)));
    }

    /** A lock beside the buffer, under the buffer's name and its own. */
    private static <T extends Synchronizer> LockSpec<T> part(LockSpec<T> spec, RegionAddress buffer) {
        return spec.withAddress(RegionAddress.of(
                buffer.directory(), buffer.name() + "." + spec.address().name()));
    }

    private static long slotBytes(int itemBytes) {
        return (Integer.BYTES + itemBytes + 7L) & -8L;
    }

    private long item(long number) {
        return ITEMS + number % capacity * slotBytes(itemBytes);
    }

    /**
     * Puts an item in, waiting for a place.
     *
     * @return false if there was none before the time had passed
     */
    public boolean put(byte[] bytes, Duration timeout) throws InterruptedException {
        if (bytes.length > itemBytes) {
            throw new IllegalArgumentException(bytes.length + " bytes: an item has at most " + itemBytes);
        }
        if (!empty.tryAcquire(1, timeout)) {
            return false;
        }
        mutex.lock();
        try {
            long tail = memory.getLong(TAIL);
            memory.writeInt(item(tail), bytes.length);
            memory.copyIn(item(tail) + Integer.BYTES, bytes, 0, bytes.length);
            // A death above leaves no item, below it a whole one.
            memory.setLongRelease(TAIL, tail + 1);
        } finally {
            mutex.unlock();
        }
        full.release();
        return true;
    }

    /**
     * Takes the oldest item out, waiting for one.
     *
     * @return null if there was none before the time had passed
     */
    public byte[] take(Duration timeout) throws InterruptedException {
        if (!full.tryAcquire(1, timeout)) {
            return null;
        }
        byte[] bytes;
        mutex.lock();
        try {
            long head = memory.getLong(HEAD);
            int length = memory.readInt(item(head));
            if (length < 0 || length > itemBytes) {
                throw new IllegalStateException(region.address() + ": item " + head + " of " + length + " bytes");
            }
            bytes = new byte[length];
            memory.copyOut(item(head) + Integer.BYTES, bytes, 0, length);
            memory.setLongRelease(HEAD, head + 1);
        } finally {
            mutex.unlock();
        }
        empty.release();
        return bytes;
    }

    /** Items in the buffer now. */
    public int size() {
        return (int) (memory.getLongAcquire(TAIL) - memory.getLongAcquire(HEAD));
    }

    /** Ends the buffer for all: its names are gone. */
    public void destroy() {
        region.destroy();
        for (String part : new String[] {".mutex", ".full", ".empty"}) {
            Regions.destroy(
                    RegionAddress.of(region.address().directory(), region.name() + part), RegionOptions.DEFAULT);
        }
    }

    @Override
    public void close() {
        mutex.close();
        full.close();
        empty.close();
        region.detach();
    }
}
