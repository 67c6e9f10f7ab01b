package io.sluice.api.waiting;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Wakes a thread that sleeps on a wake word soon after a process has died that is in its way, or that may have owed it a
 * wake-up, instead of at the end of its slice. Belongs to one waiting thread at a time; holds nothing in shared memory.
 *
 * <p>It is part of the condition that the thread waits for. So a death is not missed that comes between the look at who
 * lives and the sleep, nor one who comes himself:
 *
 * <pre>
 *   the one who is told    one who comes                    the one who waits
 *   H1 died := true        N1 is named as a user            S1 announce the sleep
 *   H2 wake                N2 wake ({@link Newcomer})       S2 condition: died, a stranger, not all told, or what it
 *                                                              waits for? then do not sleep
 * </pre>
 *
 * <p>It costs a sleeping daemon thread of this process per watched process, shared by all who watch it.
 */
final class DeathHints implements BooleanSupplier, AutoCloseable {

    private final RegionMemory memory;
    private final WakeWord wake;
    private final BooleanSupplier ready;
    private final BooleanSupplier allIsTold;
    private final Map<Long, Watch> watches = new HashMap<>(); // guarded by this
    private boolean closed; // guarded by this
    private volatile boolean died;
    private boolean refusesStrangers;
    private boolean metStranger;

    /** Hints for a thread that sleeps on {@code wake} until {@code ready}, for long only while {@code allIsTold}. */
    DeathHints(RegionMemory memory, WakeWord wake, BooleanSupplier ready, BooleanSupplier allIsTold) {
        this.memory = memory;
        this.wake = wake;
        this.ready = ready;
        this.allIsTold = allIsTold;
    }

    /**
     * Watches a process, from now until {@link #close()}; nothing if it is this one, or none that lives.
     *
     * @return whether it was not known and is dead
     */
    synchronized boolean watch(long token) {
        // Also keeps away what is no token at all: words in shared memory may be anything.
        return !closed && !isKnown(token) && !startIfAlive(token);
    }

    private boolean isKnown(long token) {
        return token == memory.selfToken() || watches.containsKey(token);
    }

    private boolean startIfAlive(long token) {
        Watch watch = new Watch(token);
        if (memory.isAlive(token)) {
            watch.notice = memory.onDeath(token, watch::tell);
        } else {
            // Known all the same: no stranger, when the name is met again.
            watch.dead = true;
        }
        // Last: who could not be watched is not known.
        watches.put(token, watch);
        return !watch.dead;
    }

    /** Whether the death of a process would be told, or is known, or could not be told by anybody. */
    synchronized boolean covers(long token) {
        if (token == memory.selfToken()) {
            return true;
        }
        Watch watch = watches.get(token);
        return watch != null && (watch.dead || !watch.told);
    }

    /**
     * Watches all who use the memory; from now on somebody who comes to use it ends the sleep, too.
     *
     * @return whether all are known and will be heard of; otherwise deaths are to be asked for now and then
     */
    synchronized boolean watchAllUsers() {
        refusesStrangers = !closed && memory.forEachUser(this::watch);
        for (Watch watch : watches.values()) {
            refusesStrangers &= watch.isSure();
        }
        return refusesStrangers;
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

    /** Whether to look again: somebody has died or come, or left what nobody will tell of, or what was waited for may be so. */
    @Override
    public boolean getAsBoolean() {
        return died || ready.getAsBoolean() || (refusesStrangers && (hasStranger() || !allIsTold.getAsBoolean()));
    }

    private synchronized boolean hasStranger() {
        metStranger = false;
        memory.forEachUser(token -> metStranger |= !isKnown(token));
        return metStranger;
    }

    /** How many processes are known. */
    synchronized int size() {
        return watches.size();
    }

    /** Watches nobody any more, until told to. */
    synchronized void forget() {
        watches.values().forEach(watch -> watch.notice.close());
        watches.clear();
    }

    /** Watches nobody from now on. Any thread; again, nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        forget();
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
