package io.sluice.locks.waiting;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WakeWord;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Wakes a thread that sleeps on a wake word soon after a process has died that is in its way, or that may have owed it a
 * wake-up, instead of at the end of its slice. Belongs to one waiting thread and one wait; holds nothing in shared memory.
 *
 * <p>It is part of the condition that the thread waits for. So a death is not missed that comes between the look at who
 * lives and the sleep, nor one who comes himself:
 *
 * <pre>
 *   the one who is told    one who comes                    the one who waits
 *   H1 died := true        N1 is named as a user            S1 announce the sleep
 *   H2 wake                N2 wake ({@link Newcomer})       S2 condition: died, a stranger, or what it waits for?
 *                                                              then do not sleep
 * </pre>
 *
 * <p>It costs a sleeping daemon thread of this process per watched process, shared by all locks.
 */
final class DeathHints implements BooleanSupplier, AutoCloseable {

    private final RegionMemory memory;
    private final WakeWord wake;
    private final BooleanSupplier ready;
    private final Map<Long, Watch> watches = new HashMap<>();
    private volatile boolean died;
    private boolean refusesStrangers;
    private boolean metStranger;

    /** Hints for a thread that sleeps on {@code wake} until {@code ready}. */
    DeathHints(RegionMemory memory, WakeWord wake, BooleanSupplier ready) {
        this.memory = memory;
        this.wake = wake;
        this.ready = ready;
    }

    /** Watches a process, from now until {@link #close()}; nothing if it is this one, or none that lives. */
    void watch(long token) {
        // Also keeps away what is no token at all: words in shared memory may be anything.
        if (!isKnown(token) && memory.isAlive(token)) {
            start(token);
        }
    }

    private boolean isKnown(long token) {
        return token == memory.selfToken() || watches.containsKey(token);
    }

    private void start(long token) {
        Watch watch = new Watch(token);
        watches.put(token, watch);
        watch.notice = memory.onDeath(token, watch::tell);
    }

    /**
     * Watches all who use the memory; from now on somebody who comes to use it ends the sleep, too.
     *
     * @return whether all are known and will be heard of; otherwise deaths are to be asked for now and then
     */
    boolean watchAllUsers() {
        refusesStrangers = memory.forEachUser(this::watchUser);
        for (Watch watch : watches.values()) {
            refusesStrangers &= watch.isSure();
        }
        return refusesStrangers;
    }

    private void watchUser(long token) {
        if (!isKnown(token)) {
            if (memory.isAlive(token)) {
                start(token);
            } else {
                // No stranger, when the name is met again.
                watches.put(token, new Watch(token));
            }
        }
    }

    /** Stops looking for strangers. */
    void woken() {
        refusesStrangers = false;
    }

    /** Whether a watched process has died since the last call. */
    boolean takeHint() {
        boolean hinted = died;
        if (hinted) {
            died = false;
        }
        return hinted;
    }

    /** Whether to look again: somebody has died or come, or what was waited for may be so. */
    @Override
    public boolean getAsBoolean() {
        return died || ready.getAsBoolean() || (refusesStrangers && hasStranger());
    }

    private boolean hasStranger() {
        metStranger = false;
        memory.forEachUser(token -> metStranger |= !isKnown(token));
        return metStranger;
    }

    @Override
    public void close() {
        watches.values().forEach(watch -> watch.notice.close());
    }

    /** The watch of one process. */
    private final class Watch {

        private final long token;
        private DeathNotice notice = DeathNotice.NONE;
        private volatile boolean told;
        private boolean dead;

        Watch(long token) {
            this.token = token;
        }

        /** Runs in any thread. */
        void tell() {
            told = true;
            died = true;
            try {
                // Perhaps it has died waking us.
                wake.wakeInAnyCase();
            } catch (DetachedException closedMeanwhile) {
                // Then nobody waits here any more.
            }
        }

        /** Whether the process is dead, or its death will be told; a notice that came for nothing does not come again. */
        boolean isSure() {
            if (!dead && (told || notice == DeathNotice.NONE)) {
                dead = !memory.isAlive(token);
                return dead;
            }
            return true;
        }
    }
}
