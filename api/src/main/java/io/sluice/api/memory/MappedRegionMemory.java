package io.sluice.api.memory;

import io.sluice.api.os.Futex;
import io.sluice.api.os.Membarrier;
import java.lang.invoke.VarHandle;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import net.openhft.chronicle.bytes.PointerBytesStore;
import net.openhft.chronicle.core.UnsafeMemory;

/**
 * Shared memory of production: a {@link Mapping} of a region's file.
 *
 * <p>Each access is checked for bound, alignment and detachment; see {@link BoundedMemory}.
 *
 * <p>Detaching sets the bounds to zero and then replaces the file's pages by private zeros at the same address, so that
 * a thread that had passed the comparison already touches those instead of unmapped memory: a late access is an
 * exception or has no effect, never a crash. The address range itself is given back when nothing refers to it any more.
 */
public final class MappedRegionMemory extends BoundedMemory {

    private static final UnsafeMemory MEMORY = UnsafeMemory.MEMORY;
    private static final Cleaner CLEANER = Cleaner.create();
    // Resolved once per process: whether this one is covered by other processes' heavy fences, and can do its own.
    private static final boolean ASYMMETRIC = Membarrier.isRegistered();

    private static final long BLIND_SLICE_NANOS = 1_000_000;

    private final String name;
    private final Mapping mapping;
    private final Liveness liveness;
    private final long address;
    private final long size;
    private final boolean writable;

    private volatile Consumer<LongConsumer> users;
    // Set before the bounds change, so that whoever finds bounds of zero finds out why.
    private volatile boolean detached;
    private boolean replaced; // the file's pages; guarded by this

    private MappedRegionMemory(String name, Mapping mapping, Liveness liveness) {
        this.name = Objects.requireNonNull(name, "name");
        this.mapping = Objects.requireNonNull(mapping, "mapping");
        this.liveness = Objects.requireNonNull(liveness, "liveness");
        this.address = mapping.address();
        this.size = mapping.length();
        this.writable = mapping.isWritable();
        setLimits(size, writable ? size : 0);
    }

    /**
     * Opens the memory behind {@code mapping}, which from now on belongs to it.
     *
     * @param name what exceptions call this memory, usually the file's path
     * @param liveness identity of this process and judge over others
     */
    public static MappedRegionMemory over(String name, Mapping mapping, Liveness liveness) {
        MappedRegionMemory memory = new MappedRegionMemory(name, mapping, liveness);
        CLEANER.register(memory, mapping::release);
        return memory;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether stores are allowed. */
    public boolean isWritable() {
        return writable;
    }

    // ---- words ----------------------------------------------------------------------------------------------------

    @Override
    public int getInt(long offset) {
        checkIntRead(offset);
        return MEMORY.readInt(address + offset);
    }

    @Override
    public int getIntAcquire(long offset) {
        checkIntRead(offset);
        return MEMORY.readVolatileInt(address + offset);
    }

    @Override
    public void setInt(long offset, int value) {
        checkIntWrite(offset);
        MEMORY.writeInt(address + offset, value);
    }

    @Override
    public void setIntRelease(long offset, int value) {
        checkIntWrite(offset);
        MEMORY.writeOrderedInt(address + offset, value);
    }

    @Override
    public boolean compareAndSetInt(long offset, int expected, int value) {
        checkIntWrite(offset);
        return MEMORY.compareAndSwapInt(address + offset, expected, value);
    }

    @Override
    public long getLong(long offset) {
        checkLongRead(offset);
        return MEMORY.readLong(address + offset);
    }

    @Override
    public long getLongAcquire(long offset) {
        checkLongRead(offset);
        return MEMORY.readVolatileLong(address + offset);
    }

    @Override
    public void setLong(long offset, long value) {
        checkLongWrite(offset);
        MEMORY.writeLong(address + offset, value);
    }

    @Override
    public void setLongRelease(long offset, long value) {
        checkLongWrite(offset);
        MEMORY.writeOrderedLong(address + offset, value);
    }

    @Override
    public boolean compareAndSetLong(long offset, long expected, long value) {
        checkLongWrite(offset);
        return MEMORY.compareAndSwapLong(address + offset, expected, value);
    }

    @Override
    public long getAndAddLong(long offset, long delta) {
        checkLongWrite(offset);
        return MEMORY.addLong(address + offset, delta) - delta;
    }

    @Override
    public void copyLongs(long from, long to, int words) {
        if (words <= 0) {
            return;
        }
        if (((from | to) & (Long.BYTES - 1)) != 0) {
            checkLongRead(from);
            checkLongWrite(to);
        }
        long length = (long) words * Long.BYTES;
        checkRead(from, length);
        checkWrite(to, length);
        try {
            // What each word's own release and acquire would do, once for all of them.
            VarHandle.releaseFence();
            copy(address + from, address + to, length);
            VarHandle.acquireFence();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    // ---- payload --------------------------------------------------------------------------------------------------

    @Override
    public byte readByte(long offset) {
        checkRead(offset, Byte.BYTES);
        return MEMORY.readByte(address + offset);
    }

    @Override
    public void writeByte(long offset, byte value) {
        checkWrite(offset, Byte.BYTES);
        MEMORY.writeByte(address + offset, value);
    }

    @Override
    public short readShort(long offset) {
        checkRead(offset, Short.BYTES);
        return MEMORY.readShort(address + offset);
    }

    @Override
    public void writeShort(long offset, short value) {
        checkWrite(offset, Short.BYTES);
        MEMORY.writeShort(address + offset, value);
    }

    @Override
    public int readInt(long offset) {
        checkRead(offset, Integer.BYTES);
        return MEMORY.readInt(address + offset);
    }

    @Override
    public void writeInt(long offset, int value) {
        checkWrite(offset, Integer.BYTES);
        MEMORY.writeInt(address + offset, value);
    }

    @Override
    public long readLong(long offset) {
        checkPayloadRead(offset);
        return MEMORY.readLong(address + offset);
    }

    @Override
    public void writeLong(long offset, long value) {
        checkPayloadWrite(offset);
        MEMORY.writeLong(address + offset, value);
    }

    @Override
    public void copyIn(long offset, byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, source.length);
        checkWrite(offset, length);
        try {
            copy(source, from, address + offset, length);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void copyInFramed(long offset, long frame, byte[] source, int from, int length) {
        Objects.checkFromIndexSize(from, length, source.length);
        checkWrite(offset, length + (long) Long.BYTES);
        try {
            long to = address + offset;
            MEMORY.writeLong(to, frame);
            copy(source, from, to + Long.BYTES, length);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void copyOut(long offset, byte[] target, int to, int length) {
        Objects.checkFromIndexSize(to, length, target.length);
        checkRead(offset, length);
        try {
            if (length < SmallCopy.LIMIT) {
                SmallCopy.copy(address + offset, target, to, length);
            } else if (length < BulkCopy.LEAST) {
                MEMORY.readBytes(address + offset, target, to, length);
            } else {
                BulkCopy.out(address + offset, target, to, length);
            }
            checkCopied();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void copyInFromAddress(long offset, long from, long length) {
        checkWrite(offset, length);
        try {
            copy(from, address + offset, length);
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void copyOutToAddress(long offset, long to, long length) {
        checkRead(offset, length);
        try {
            copy(address + offset, to, length);
            checkCopied();
        } finally {
            Reference.reachabilityFence(this);
        }
    }

    /**
     * Refuses a copy that a concurrent detachment may have cut short with zeros. The limits are zero before the pages
     * are, so whoever read such zeros sees the limits, too.
     */
    private void checkCopied() {
        VarHandle.loadLoadFence();
        if (hasNoBytes()) {
            throw new DetachedException(name);
        }
    }

    private static void copy(byte[] source, int from, long to, int length) {
        if (length < SmallCopy.LIMIT) {
            SmallCopy.copy(source, from, to, length);
        } else if (length < BulkCopy.LEAST) {
            MEMORY.copyMemory(source, from, to, length);
        } else {
            BulkCopy.in(source, from, to, length);
        }
    }

    private static void copy(long from, long to, long length) {
        if (length < SmallCopy.LIMIT) {
            SmallCopy.copy(from, to, (int) length);
        } else {
            MEMORY.copyMemory(from, to, length);
        }
    }

    @Override
    public void zero(long offset, long length) {
        checkWrite(offset, length);
        MEMORY.setMemory(address + offset, length, (byte) 0);
    }

    @Override
    public void point(PointerBytesStore store, long offset, long length) {
        checkRead(offset, length);
        checkWrite(offset, length);
        store.set(address + offset, length);
    }

    // ---- fences ---------------------------------------------------------------------------------------------------

    @Override
    public void fullFence() {
        VarHandle.fullFence();
    }

    @Override
    public void fenceLight() {
        if (ASYMMETRIC) {
            // For the compiler only; the processor's half is fenceHeavy's membarrier.
            VarHandle.acquireFence();
            return;
        }
        VarHandle.fullFence();
    }

    @Override
    public void fenceHeavy() {
        VarHandle.fullFence();
        if (ASYMMETRIC) {
            Membarrier.heavy();
        }
    }

    // ---- waiting --------------------------------------------------------------------------------------------------

    @Override
    public void futexWait(long offset, int expected, long timeoutNanos) {
        checkIntWrite(offset);
        // Without a heavy fence of our own a waker that relies on it may have missed us: look again soon.
        try {
            Futex.wait(
                    address + offset, expected, ASYMMETRIC ? timeoutNanos : Math.min(timeoutNanos, BLIND_SLICE_NANOS));
        } finally {
            // Until here the cleaner must not take the range away; as in the copies above.
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public int futexWake(long offset, int count) {
        checkIntWrite(offset);
        try {
            return Futex.wake(address + offset, count);
        } finally {
            // As in futexWait().
            Reference.reachabilityFence(this);
        }
    }

    @Override
    public void spinHint() {
        Thread.onSpinWait();
    }

    @Override
    public void yieldHint() {
        Thread.yield();
    }

    @Override
    public void parkNanos(long nanos) {
        LockSupport.parkNanos(nanos);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    // ---- identity -------------------------------------------------------------------------------------------------

    @Override
    public long selfToken() {
        return liveness.token();
    }

    @Override
    public boolean isAlive(long token) {
        return liveness.isAlive(token);
    }

    @Override
    public DeathNotice onDeath(long token, Runnable hint) {
        return liveness.onDeath(token, hint);
    }

    /** Says who has this memory open, see {@link #forEachUser}; to be called before the memory is handed out. */
    public void knowUsers(Consumer<LongConsumer> known) {
        users = known;
    }

    @Override
    public boolean forEachUser(LongConsumer token) {
        if (users != null) {
            users.accept(token);
        }
        return users != null;
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    @Override
    public synchronized void detach() {
        if (isDetached()) {
            return;
        }
        detached = true;
        // Keeps the limits behind the flag; pairs with refuse().
        VarHandle.fullFence();
        setLimits(0, 0);
        // Threads that miss the new limits land in private zeros, see the class comment.
        VarHandle.fullFence();
        mapping.replaceByZeros();
        replaced = true;
    }

    /** What is found in the zeros was stored too late: they are this process's own. */
    @Override
    public synchronized boolean isStored(long offset, long value) {
        Objects.checkFromIndexSize(offset, Long.BYTES, size);
        return !replaced || MEMORY.readVolatileLong(address + offset) != value;
    }

    @Override
    public boolean isDetached() {
        return detached;
    }

    // ---- checks ---------------------------------------------------------------------------------------------------

    @Override
    void refuse(long offset, long length, int alignment, boolean write) {
        // Keeps the look at the flag behind the look at the limit; pairs with detach().
        VarHandle.fullFence();
        if (detached) {
            throw new DetachedException(name);
        }
        if (write && !writable) {
            throw new ReadOnlyRegionException(name);
        }
        if (offset % alignment != 0) {
            throw new IllegalArgumentException(name + ": offset " + offset + " is not a multiple of " + alignment);
        }
        throw new IndexOutOfBoundsException(
                name + ": " + length + " bytes at offset " + offset + " are outside of its " + size + " bytes");
    }
}
