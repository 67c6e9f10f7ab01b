package io.sluice.api.ring;

import io.sluice.api.memory.MemorySlice;
import io.sluice.api.memory.RegionMemory;

/**
 * Room for one message, to be filled in place: write through {@link MemorySlice}'s setters or {@link #bytesStore()},
 * then {@link #commit()}. Closing without a commit aborts, so try-with-resources never publishes half a message.
 *
 * <p>A flyweight of its producer: at most one claim is open at a time, used by the producer's thread. Its initial
 * bytes are whatever the ring held there. A crash before the commit leaves nothing of it.
 */
public abstract class Claim extends MemorySlice implements AutoCloseable {

    /** For implementations of rings. */
    protected Claim(RegionMemory memory) {
        super(memory);
    }

    /**
     * Publishes the message.
     *
     * @throws IllegalStateException if this claim was committed or aborted already
     * @throws LeaseLostException if another process was given this producer's role; nothing was published
     * @throws io.sluice.api.memory.DetachedException if the ring is closed; nothing was published
     */
    public final void commit() {
        commit(length());
    }

    /**
     * Publishes the first {@code length} bytes as the message and gives the rest of the room back: for who claims as
     * much as might come and then reads what has come.
     *
     * @throws IllegalArgumentException if {@code length} is negative or above {@link #length()}
     * @throws IllegalStateException as {@link #commit()}
     * @throws LeaseLostException as {@link #commit()}
     * @throws io.sluice.api.memory.DetachedException as {@link #commit()}
     */
    public abstract void commit(int length);

    /** Gives the room back; nothing is seen of it. Does nothing after {@link #commit()}. */
    public abstract void abort();

    /** Aborts unless committed. */
    @Override
    public final void close() {
        abort();
    }
}
