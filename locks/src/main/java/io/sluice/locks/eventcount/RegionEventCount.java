package io.sluice.locks.eventcount;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.lock.EventCount;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.CarrierFriendly;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.Newcomer;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.SlicedWait.Obstacles;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.support.Attendance;
import io.sluice.locks.support.WaitList;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * An event count in a region: a long that is added to, and a word to sleep on. Nobody has to be registered in it, so
 * there is nothing that a death could leave behind but a place among the waiters that people see.
 */
public final class RegionEventCount implements EventCount {

    /** How often in nanoseconds a waiting thread looks at its condition although no event was announced. */
    private static final long SLICE_NANOS = 5_000_000;

    private final RegionMemory memory;
    private final Runnable onClose;
    private final WakeWord wake;
    private final SlicedWait wait;
    private final SlicedWait glances;
    private final Attendance attendance;
    private volatile boolean closed;

    /**
     * Attaches to the event count in {@code memory}; all zero is a new one.
     *
     * @param onClose called when this attachment is closed; may be called again
     */
    public RegionEventCount(RegionMemory memory, WaitStrategy strategy, Runnable onClose) {
        this.memory = memory;
        this.onClose = onClose;
        this.wake = new WakeWord(memory, EventCountLayout.WAKE);
        this.wait = new SlicedWait(memory, new CarrierFriendly(strategy));
        this.glances = new SlicedWait(memory, new CarrierFriendly(strategy), SLICE_NANOS);
        this.attendance = new Attendance(memory, EventCountLayout.WAITERS);
        Newcomer.tell(memory, wake);
    }

    /** Bytes that an event count takes behind a region's header. */
    public static long bodyBytes() {
        return EventCountLayout.BODY_BYTES;
    }

    @Override
    public LockKind kind() {
        return LockKind.EVENT_COUNT;
    }

    @Override
    public String name() {
        return memory.name();
    }

    @Override
    public long current() {
        checkOpen();
        return events(memory);
    }

    private static long events(RegionMemory memory) {
        // acquire; pairs with advance(): what was done before the events counted here is visible.
        return checked(memory, memory.getLongAcquire(EventCountLayout.EVENTS));
    }

    /** Refuses a number that nobody comes to who counts from zero. */
    private static long checked(RegionMemory memory, long events) {
        if (events < 0) {
            memory.checkAttached();
            throw new CorruptLockException(memory.name(), "number of events", "0 or more", Long.toString(events));
        }
        return events;
    }

    @Override
    public long advance() {
        checkOpen();
        // full fence; pairs with current(). A death above tells nobody; between this and the wake, those who sleep see
        // it at the end of their slice.
        long before = memory.getAndAddLong(EventCountLayout.EVENTS, 1);
        // Or else it was counted where nobody looks any more.
        memory.checkAttached();
        // Also if the number is corrupt: who waits is to be told as well.
        wake.wake();
        return checked(memory, before) + 1;
    }

    @Override
    public long awaitBeyond(long seen) throws InterruptedException {
        return awaitBeyond(seen, Deadline.never(memory));
    }

    @Override
    public long awaitBeyond(long seen, Duration timeout) throws InterruptedException {
        return awaitBeyond(seen, Deadline.after(memory, timeout));
    }

    private long awaitBeyond(long seen, long deadline) throws InterruptedException {
        BooleanSupplier isBeyond = () -> current() > seen;
        Attendance.Wait here = attendance.begin(seen + 1);
        SlicedWait.Attempt attempt = probe -> isBeyond.getAsBoolean() || here.goesOn(probe);
        try {
            wait.await(attempt, Obstacles.NONE, wake, isBeyond, deadline);
        } finally {
            here.close();
        }
        return current();
    }

    @Override
    public boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException {
        // Reads the number before looking, so an event between the look and the sleep ends the sleep.
        Glance glance = new Glance();
        Attendance.Wait here = attendance.begin(0);
        try {
            return glances.await(
                    probe -> {
                        glance.seen = current();
                        return condition.getAsBoolean() || here.goesOn(probe);
                    },
                    Obstacles.NONE,
                    wake,
                    () -> current() > glance.seen,
                    Deadline.after(memory, timeout));
        } finally {
            here.close();
        }
    }

    /** The number of events at the last look at the condition. */
    private static final class Glance {
        private long seen;
    }

    @Override
    public LockStat stat() {
        checkOpen();
        return stat(memory);
    }

    static LockStat stat(RegionMemory memory) {
        return new LockStat(
                LockKind.EVENT_COUNT,
                memory.name(),
                events(memory) + " events",
                List.of(),
                new WaitList(memory, EventCountLayout.WAITERS).waiters());
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            attendance.close();
            if (!memory.isDetached()) {
                // Those of this attachment: their condition finds it closed.
                wake.wake();
            }
        }
        onClose.run();
    }

    private void checkOpen() {
        if (closed) {
            throw new DetachedException(name());
        }
    }
}
