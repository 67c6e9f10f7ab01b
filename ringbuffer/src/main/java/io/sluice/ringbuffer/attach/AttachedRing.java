package io.sluice.ringbuffer.attach;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.Newcomer;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.record.Records;
import io.sluice.ringbuffer.role.RoleHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * An attached ring of any variant: makes handles, and takes their roles away when the region is detached.
 *
 * @param <P> the variant's producers
 * @param <C> the variant's consumers
 */
public final class AttachedRing<P extends RingProducer & RoleHandle, C extends RingConsumer & RoleHandle>
        implements Ring {

    /** How a variant's handles are made. Each call joins, or throws as {@link Ring} says. */
    public interface Roles<P, C> {

        /** Joins as a producer. */
        P producer(RegionMemory memory);

        /** Joins as a consumer. */
        C consumer(RegionMemory memory);

        /** The words that participants of the ring sleep on, in any order. */
        List<WakeWord> wakeWords(RegionMemory memory);
    }

    private final Region region;
    private final RingKind kind;
    private final long capacity;
    private final Roles<P, C> roles;
    private final List<RoleHandle> handles = new ArrayList<>();
    private boolean closed;

    private AttachedRing(Region region, RingKind kind, long capacity, Roles<P, C> roles) {
        this.region = region;
        this.kind = kind;
        this.capacity = capacity;
        this.roles = roles;
    }

    /** The ring in {@code region}, which from now on belongs to it. */
    public static <P extends RingProducer & RoleHandle, C extends RingConsumer & RoleHandle> Ring in(
            Region region, RingKind kind, long capacity, Roles<P, C> roles) {
        AttachedRing<P, C> ring = new AttachedRing<>(region, kind, capacity, roles);
        // Not while a handle is made: its role would be taken, and nobody left who knows.
        region.onDetach(ring, ring::abandon);
        // Before we have any role: from now on whoever sleeps for long is woken by our death, too.
        if (!region.isReadOnly()) {
            Newcomer.tell(region.memory(), roles.wakeWords(region.memory()));
        }
        return ring;
    }

    @Override
    public RingKind kind() {
        return kind;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public int maxMessageLength() {
        return Records.maxPayload(capacity);
    }

    @Override
    public Region region() {
        return region;
    }

    @Override
    public synchronized RingProducer producer() {
        checkOpen();
        P producer = roles.producer(region.memory());
        remember(producer);
        return producer;
    }

    @Override
    public synchronized RingConsumer consumer() {
        checkOpen();
        C consumer = roles.consumer(region.memory());
        remember(consumer);
        return consumer;
    }

    private void remember(RoleHandle handle) {
        handles.removeIf(RoleHandle::isReleased);
        handles.add(handle);
    }

    @Override
    public void close() {
        region.detach();
    }

    /**
     * Gives up the roles of all handles. The region cuts them off first, whichever thread uses them, so nobody who takes
     * a role over can meet a late store of ours. Then it wakes those who sleep, our own threads and those for whom our
     * leaving is news.
     */
    private synchronized void abandon(RegionMemory control) {
        closed = true;
        RuntimeException failure = null;
        for (RoleHandle handle : handles) {
            try {
                handle.abandon(control);
            } catch (RuntimeException e) {
                // The others' roles are given up all the same.
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (!region.isReadOnly()) {
            roles.wakeWords(control).forEach(WakeWord::wakeInAnyCase);
        }
        if (failure != null) {
            throw failure;
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new DetachedException(region.address().toString());
        }
    }
}
