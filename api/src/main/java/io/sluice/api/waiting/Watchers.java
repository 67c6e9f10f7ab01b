package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.SlicedWait.Obstacles;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * What ends the slices of waits on one wake word beside those who wake: the deaths of those in the way, and interrupts.
 * Either of one wait, or of all waits of a handle, which then has to have its processes watched only once.
 *
 * <p>Internal to Sluice. One thread at a time, but for {@link #close()}.
 */
public final class Watchers implements AutoCloseable {

    /** More processes than an attach table names: then most are long gone, and are better forgotten. */
    private static final int MOST_KNOWN = 512;

    private final RegionMemory memory;
    private final WakeWord word;
    private final BooleanSupplier ready;
    private final BooleanSupplier allIsTold;
    private final LongConsumer cover = this::cover;
    private final LongConsumer watch = this::watch;
    private DeathHints hints; // null as long as nobody was watched
    private InterruptHint interrupts;
    private boolean closed; // guarded by this
    private boolean hinted; // whether the attempt under way comes after news of a death
    private boolean covering;
    private long coveredAt = -1; // changes of those in the way as of when all were watched; below 0 not known

    /** The same where everything that may end the wait is told. */
    Watchers(RegionMemory memory, WakeWord word, BooleanSupplier ready) {
        this(memory, word, ready, () -> true);
    }

    /**
     * Watchers for waits on {@code word} until {@code ready}; they watch nobody before a wait is a long one.
     *
     * @param word where those who make {@code ready} true look for sleepers
     * @param ready a cheap read of shared memory that says whether trying again may succeed
     * @param allIsTold whether, at the moment, everything that may end the wait is told by a wake-up or by a death; may
     *     cost system calls
     */
    public Watchers(RegionMemory memory, WakeWord word, BooleanSupplier ready, BooleanSupplier allIsTold) {
        this.word = word;
        this.ready = ready;
        this.allIsTold = allIsTold;
        this.memory = memory;
    }

    /**
     * Whether the attempt that is under way comes after somebody was found dead; the answer to a probe is news then.
     */
    public boolean foundDeath() {
        return hinted;
    }

    /** Watches nobody any more, and from now on nobody new. Any thread; again, nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        if (hints != null) {
            hints.close();
        }
    }

    private synchronized void start() {
        hints = new DeathHints(memory, word, ready, allIsTold);
        if (closed) {
            hints.close();
        }
    }

    // ---- for SlicedWait -------------------------------------------------------------------------------------------

    /** A wait begins. */
    void begin() {
        hinted = false;
        if (hints != null && hints.size() > MOST_KNOWN) {
            hints.forget();
            coveredAt = -1;
        }
    }

    /** Whether all in the way are watched already. */
    boolean cover(Obstacles inTheWay) {
        if (hints == null) {
            return false;
        }
        long changes = inTheWay.changes();
        if (changes >= 0 && changes == coveredAt) {
            return true;
        }
        covering = true;
        inTheWay.forEach(cover);
        coveredAt = covering ? changes : -1;
        return covering;
    }

    private void cover(long token) {
        covering &= token == 0 || hints.covers(token);
    }

    /** Has all in the way watched. */
    void watch(Obstacles inTheWay) {
        if (hints == null) {
            start();
        }
        inTheWay.forEach(watch);
    }

    private void watch(long token) {
        hinted |= token != 0 && hints.watch(token);
    }

    /**
     * Whether the next slice may be longer than others, because everything that may end the wait will wake the sleeper.
     */
    boolean allowLongSleep() {
        return allIsTold.getAsBoolean() && hints.watchAllUsers();
    }

    /** Waits for a slice by a strategy; returns whether it was ended by what was waited for, or by a death. */
    boolean await(WaitStrategy by, long nanos) {
        if (hints == null) {
            return by.await(word, ready, nanos);
        }
        if (interrupts == null || !interrupts.isOpen()) {
            interrupts = new InterruptHint(word);
        }
        boolean early = interrupts.await(by, hints, nanos);
        hints.woken();
        return early;
    }

    /** Whether somebody has died in that slice. */
    boolean takeHint() {
        hinted = hints != null && hints.takeHint();
        if (hinted) {
            coveredAt = -1;
        }
        return hinted;
    }
}
