package io.sluice.locks.waiting;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WakeWord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Wakes a thread that sleeps on a wake word soon after a process has died that is in its way, instead of at the end of its
 * slice. Belongs to one waiting thread and one wait; holds nothing in shared memory.
 *
 * <p>It is part of the condition that the thread waits for. So a death is not missed that comes between the look at who
 * lives and the sleep:
 *
 * <pre>
 *   the one who is told        the one who waits
 *   H1 died := true            S1 announce the sleep
 *   H2 wake                    S2 condition: died, or what it waits for? then do not sleep
 * </pre>
 *
 * <p>It costs a sleeping daemon thread of this process per watched process, shared by all locks.
 */
final class DeathHints implements BooleanSupplier, AutoCloseable {

    private final RegionMemory memory;
    private final WakeWord wake;
    private final BooleanSupplier ready;
    private final Map<Long, DeathNotice> notices = new HashMap<>();
    private volatile boolean died;

    /** Hints for a thread that sleeps on {@code wake} until {@code ready}. */
    DeathHints(RegionMemory memory, WakeWord wake, BooleanSupplier ready) {
        this.memory = memory;
        this.wake = wake;
        this.ready = ready;
    }

    /** Watches a process, from now until {@link #close()}; nothing if it is this one, or none that lives. */
    void watch(long token) {
        // Also keeps away what is no token at all: words in shared memory may be anything.
        if (token != memory.selfToken() && !notices.containsKey(token) && memory.isAlive(token)) {
            notices.put(token, memory.onDeath(token, this::hint));
        }
    }

    private void hint() {
        died = true;
        try {
            wake.wake();
        } catch (DetachedException closedMeanwhile) {
            // Then nobody waits here any more.
        }
    }

    /** Whether a watched process has died since the last call. */
    boolean takeHint() {
        boolean hinted = died;
        if (hinted) {
            died = false;
        }
        return hinted;
    }

    /** Whether to look again: somebody has died, or what was waited for may be so. */
    @Override
    public boolean getAsBoolean() {
        return died || ready.getAsBoolean();
    }

    @Override
    public void close() {
        notices.values().forEach(DeathNotice::close);
    }
}
