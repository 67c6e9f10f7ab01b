package io.sluice.api.memory;

import java.util.function.LongConsumer;
import net.openhft.chronicle.bytes.PointerBytesStore;

/**
 * The only door to shared memory. Every load, store, read-modify-write, fence, futex call, liveness probe and clock
 * reading that an algorithm of Sluice makes goes through an instance of this class, so that a test can schedule it,
 * count it, or cut the process off in front of it.
 *
 * <p>Operations are named by their ordering, with the meaning of {@link java.lang.invoke.VarHandle}'s access modes:
 * plain (no suffix), {@code Acquire}, {@code Release}; read-modify-writes are full fences as on {@code volatile}
 * variables. Words are naturally aligned; a misaligned or out-of-bounds offset is an exception, never a crash.
 * Payload bytes ({@code read...}, {@code write...}, {@code copy...}) are plain accesses of any alignment.
 *
 * <p>Offsets are bytes from the start of the region. After {@link #detach()} every access throws
 * {@link DetachedException}.
 *
 * <p>Threads and processes: any number of each may use the same region at once, each process through its own instance.
 * Production loads exactly one subclass, {@link MappedRegionMemory}, so the JIT compiler binds every call statically.
 */
public abstract class RegionMemory {

    // Here, so that it is there before there is any memory: who gets a lock must not be the first to set it up.
    private static final CoarseClock CLOCK = CoarseClock.OF_PROCESS;

    /** For subclasses. */
    protected RegionMemory() {}

    /** Length of the region in bytes; offsets run from 0 to this, exclusive. */
    public abstract long size();

    // ---- words: naturally aligned, ordered ------------------------------------------------------------------------

    /** Reads the int at {@code offset}; plain. */
    public abstract int getInt(long offset);

    /** Reads the int at {@code offset}; later accesses of this thread stay after it. */
    public abstract int getIntAcquire(long offset);

    /** Writes the int at {@code offset}; plain. */
    public abstract void setInt(long offset, int value);

    /** Writes the int at {@code offset}; earlier accesses of this thread stay before it. */
    public abstract void setIntRelease(long offset, int value);

    /** Replaces the int at {@code offset} if it is {@code expected}; a full fence. Returns whether it did. */
    public abstract boolean compareAndSetInt(long offset, int expected, int value);

    /** Reads the long at {@code offset}; plain. */
    public abstract long getLong(long offset);

    /** Reads the long at {@code offset}; later accesses of this thread stay after it. */
    public abstract long getLongAcquire(long offset);

    /** Writes the long at {@code offset}; plain. */
    public abstract void setLong(long offset, long value);

    /** Writes the long at {@code offset}; earlier accesses of this thread stay before it. */
    public abstract void setLongRelease(long offset, long value);

    /** Replaces the long at {@code offset} if it is {@code expected}; a full fence. Returns whether it did. */
    public abstract boolean compareAndSetLong(long offset, long expected, long value);

    /** Adds {@code delta} to the long at {@code offset} in one step; a full fence. Returns the value before. */
    public abstract long getAndAddLong(long offset, long delta);

    /**
     * Copies {@code words} longs from {@code from} to {@code to}: a {@link #getLongAcquire} and a
     * {@link #setLongRelease} of each. So earlier accesses of this thread stay before its writes, and later ones
     * after its reads.
     */
    public void copyLongs(long from, long to, int words) {
        for (int word = 0; word < words; word++) {
            setLongRelease(to + (long) word * Long.BYTES, getLongAcquire(from + (long) word * Long.BYTES));
        }
    }

    // ---- payload: plain, any alignment ----------------------------------------------------------------------------

    /** Reads the payload byte at {@code offset}. */
    public abstract byte readByte(long offset);

    /** Writes the payload byte at {@code offset}. */
    public abstract void writeByte(long offset, byte value);

    /** Reads two payload bytes at {@code offset} in native byte order. */
    public abstract short readShort(long offset);

    /** Writes two payload bytes at {@code offset} in native byte order. */
    public abstract void writeShort(long offset, short value);

    /** Reads four payload bytes at {@code offset} in native byte order. */
    public abstract int readInt(long offset);

    /** Writes four payload bytes at {@code offset} in native byte order. */
    public abstract void writeInt(long offset, int value);

    /** Reads eight payload bytes at {@code offset} in native byte order. */
    public abstract long readLong(long offset);

    /** Writes eight payload bytes at {@code offset} in native byte order. */
    public abstract void writeLong(long offset, long value);

    /** Copies {@code length} bytes of {@code source} from index {@code from} into the region at {@code offset}. */
    public abstract void copyIn(long offset, byte[] source, int from, int length);

    /**
     * Writes {@code frame} at {@code offset} and copies {@code length} bytes of {@code source} behind it: a
     * {@link #writeLong} and a {@link #copyIn}, in any order.
     */
    public void copyInFramed(long offset, long frame, byte[] source, int from, int length) {
        copyIn(offset + Long.BYTES, source, from, length);
        writeLong(offset, frame);
    }

    /** Copies {@code length} bytes of the region at {@code offset} to index {@code to} of {@code target}. */
    public abstract void copyOut(long offset, byte[] target, int to, int length);

    /**
     * Copies {@code length} bytes from native memory into the region.
     *
     * @param address a native address of this process that the caller keeps valid; not checked
     */
    public abstract void copyInFromAddress(long offset, long address, long length);

    /**
     * Copies {@code length} bytes of the region to native memory.
     *
     * @param address a native address of this process that the caller keeps valid; not checked
     */
    public abstract void copyOutToAddress(long offset, long address, long length);

    /** Sets {@code length} bytes at {@code offset} to zero. */
    public abstract void zero(long offset, long length);

    /**
     * Points a Chronicle store at {@code length} bytes of the region. Accesses through the store bypass this
     * class's checks; they are bounded by the store's own length. The caller keeps this memory reachable while it
     * uses the store.
     *
     * @throws ReadOnlyRegionException on a read-only attachment, whose bytes a store could not refuse to write
     */
    public abstract void point(PointerBytesStore store, long offset, long length);

    // ---- fences ---------------------------------------------------------------------------------------------------

    /** Full fence: no access of this thread moves across it in either direction. */
    public abstract void fullFence();

    /**
     * The cheap half of an asymmetric pair of fences, for the side that runs often. Between a store above it and a load
     * below it there is a full fence whenever another thread's {@link #fenceHeavy()} falls between them; by itself it
     * only keeps the compiler from swapping them. Where the operating system offers no such pair this is a full fence.
     */
    public abstract void fenceLight();

    /**
     * The dear half of an asymmetric pair of fences, for the side that is about to sleep: a full fence for the caller
     * and for every thread of this process, and with very few exceptions of every other one, that is running between the
     * store and the load around {@link #fenceLight()}. Between processes it may be missed: look a second time after a
     * moment.
     */
    public abstract void fenceHeavy();

    // ---- waiting --------------------------------------------------------------------------------------------------

    /**
     * Sleeps while the int at {@code offset} is {@code expected}, until woken or {@code timeoutNanos} have passed.
     * May return early for no reason; callers re-check their condition. Never throws for an interrupt.
     */
    public abstract void futexWait(long offset, int expected, long timeoutNanos);

    /** Wakes up to {@code count} threads of any process that sleep on the int at {@code offset}. Returns how many. */
    public abstract int futexWake(long offset, int count);

    /** One turn of a busy wait: {@link Thread#onSpinWait()} in production, a scheduling point in tests. */
    public abstract void spinHint();

    /** Gives up the processor once: {@link Thread#yield()} in production, a scheduling point in tests. */
    public abstract void yieldHint();

    /** Sleeps for about {@code nanos} without a futex; returns early when interrupted, keeping the interrupt status. */
    public abstract void parkNanos(long nanos);

    /** Monotonic clock in nanoseconds, as {@link System#nanoTime()}. */
    public abstract long nanoTime();

    /** Milliseconds since 1970, up to about ten behind, at the price of a load: for what people want to know. */
    public long coarseMillis() {
        return CLOCK.millis();
    }

    // ---- identity -------------------------------------------------------------------------------------------------

    /** Token of this process, never 0. */
    public abstract long selfToken();

    /**
     * Whether the process that holds {@code token} can still store into the region. {@code false} is a proof: that
     * process is gone for good. A stopped process is alive. Costs a system call.
     */
    public abstract boolean isAlive(long token);

    /**
     * Asks to be told soon after the process with {@code token} has died; see {@link Liveness#onDeath}. Here it tells
     * nothing: it only makes things faster.
     */
    public DeathNotice onDeath(long token, Runnable hint) {
        return DeathNotice.NONE;
    }

    /**
     * Names the processes that have this memory open, this one among them and some perhaps that are dead. Whoever opens
     * it is named before it makes its first access.
     *
     * @return false if that is not known here; then none was named
     */
    public boolean forEachUser(LongConsumer token) {
        return false;
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    /** Ends the use of this instance; later accesses throw {@link DetachedException}. Idempotent. */
    public abstract void detach();

    /** Whether {@link #detach()} was called. */
    public abstract boolean isDetached();

    /**
     * Whether the last store of this thread to the long at {@code offset}, of {@code value}, has come to the region. For
     * whoever finds this memory detached by its next access: the store came before the detachment, and counts, or it
     * fell into the zeros that take the region's place, and nobody sees it. Waits for a detachment that is under way.
     *
     * @param value not 0
     */
    public boolean isStored(long offset, long value) {
        // Where a detachment does not come between the look whether a store is allowed and the store itself.
        return true;
    }

    /**
     * Tells a detachment from damage: a thread that races with {@link #detach()} may read zeros. To be called before
     * something read here is declared corrupt.
     *
     * @throws DetachedException if {@link #detach()} was called
     */
    public final void checkAttached() {
        if (isDetached()) {
            throw new DetachedException(name());
        }
    }

    /** What exceptions call this memory, usually the path of the file. */
    public abstract String name();
}
