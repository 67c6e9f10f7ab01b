package io.sluice.ringbuffer.role;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RoleTakenException;
import java.util.function.LongConsumer;

/**
 * The right to be a ring's producer, or its consumer: one long in shared memory that says in one word who holds the
 * role and whether the stream is closed.
 *
 * <pre>
 *   VACANT (0)   nobody has joined yet, or the last holder left
 *   CLOSED (1)   the last holder left and said that nothing more will come
 *   otherwise    token of the holder, with bit 61 if it is settled
 * </pre>
 *
 * <p>Taking, leaving and closing are single CASes, so a crash leaves the word either before or after. A dead holder's
 * word stays until somebody takes the role over; that its token's process is dead is a proof, so nothing that it still
 * has to store can arrive after the takeover.
 *
 * <p>Any thread of any process may ask for {@link #state()}; a lease object belongs to the handle that took it.
 */
public final class RoleLease implements Presence {

    private static final long VACANT = 0;
    private static final long CLOSED = 1;

    /** Above every token: what a holder may add to its word to say that it is settled. */
    private static final long SETTLED = 1L << 61;

    private final RegionMemory memory;
    private final long offset;
    private final String role;
    private final long token;
    private long held; // what the word is while the role is ours

    /**
     * The lease word at {@code offset}.
     *
     * @param role what exceptions call the role
     */
    public RoleLease(RegionMemory memory, long offset, String role) {
        this.memory = memory;
        this.offset = offset;
        this.role = role;
        this.token = memory.selfToken();
        this.held = token;
    }

    /**
     * Takes the role.
     *
     * @throws RoleTakenException if a live process has it, this one included
     */
    public void take() {
        long holder = takeUnlessHeld();
        if (holder != VACANT) {
            throw taken(holder);
        }
    }

    /** As {@link #take()}; returns the token of the live process that has the role, or 0 if it is now ours. */
    long takeUnlessHeld() {
        while (true) {
            // acquire; pairs with the CAS of release(): the previous holder's positions are visible.
            long holder = memory.getLongAcquire(offset);
            if (holder != VACANT && holder != CLOSED && memory.isAlive(tokenOf(holder))) {
                return tokenOf(holder);
            }
            // full fence; losing it means another process joined first: look again whether it lives.
            // A death below this line leaves a dead holder's word, as a death at any later moment does.
            if (memory.compareAndSetLong(offset, holder, token)) {
                held = token;
                return VACANT;
            }
        }
    }

    /**
     * Says in the word that the holder is settled, where others ask for that. Whoever sees it sees what
     * was stored before.
     *
     * @throws LeaseLostException if this lease no longer holds the role
     */
    public void settle() {
        // full fence; pairs with word().
        release(memory, token | SETTLED);
        held = token | SETTLED;
    }

    /** The word as it is now, for {@link #isHeld}, {@link #isSettled} and {@link #vacateIfDead}. */
    public long word() {
        // acquire; pairs with settle() and release().
        return memory.getLongAcquire(offset);
    }

    /** Whether somebody holds the role, dead or alive. */
    public static boolean isHeld(long word) {
        return word != VACANT && word != CLOSED;
    }

    /** Whether who holds the role is settled. */
    public static boolean isSettled(long word) {
        return isHeld(word) && (word & SETTLED) != 0;
    }

    /** Takes the role away from a dead holder, if {@code word} still says that it has it; costs a system call. */
    public boolean vacateIfDead(long word) {
        return isHeld(word) && !memory.isAlive(tokenOf(word)) && memory.compareAndSetLong(offset, word, VACANT);
    }

    private static long tokenOf(long word) {
        return word & ~SETTLED;
    }

    /** Says that somebody live has it. */
    private RoleTakenException taken(long holder) {
        return new RoleTakenException(memory.name(), role, holder);
    }

    /** Says that somebody live has each of the places, of which this is one. */
    RoleTakenException everyPlaceTaken(int places) {
        return RoleTakenException.everyPlace(memory.name(), role, places);
    }

    /**
     * Refuses to go on when the role was given to somebody else. Plain: the word changes under a live holder only if it
     * was wrongly held for dead, and then the sooner this is seen the better, but nothing is ordered by it.
     *
     * @throws LeaseLostException if this lease no longer holds the role
     */
    public void check() {
        long holder = memory.getLong(offset);
        if (holder != held) {
            memory.checkAttached();
            throw new LeaseLostException(memory.name(), role, token, holder);
        }
    }

    /** Leaves the role to whoever comes; the stream stays open. */
    public void leave() {
        release(memory, VACANT);
    }

    /** Leaves the role and closes the stream. */
    public void close() {
        release(memory, CLOSED);
    }

    /**
     * Leaves the role through another mapping of the same region, after the first was detached under its users.
     * Does nothing if another process has the role by now; not to be called if this one has left it, for then another
     * handle of it may have the role.
     */
    public void leaveThrough(RegionMemory other) {
        other.compareAndSetLong(offset, held, VACANT);
    }

    private void release(RegionMemory through, long value) {
        // full fence; pairs with take() and glance(): our positions are visible before the word says that we left.
        if (!through.compareAndSetLong(offset, held, value)) {
            throw new LeaseLostException(through.name(), role, token, through.getLongAcquire(offset));
        }
    }

    @Override
    public PeerState state() {
        return state(memory.getLongAcquire(offset));
    }

    @Override
    public PeerState glance() {
        // acquire; pairs with release()'s CAS: a reader that sees CLOSED then sees every position of the closer.
        long holder = memory.getLongAcquire(offset);
        if (holder == VACANT) {
            return PeerState.ABSENT;
        }
        return holder == CLOSED ? PeerState.CLOSED : PeerState.LIVE;
    }

    @Override
    public void forEachHolder(LongConsumer holder) {
        long word = memory.getLongAcquire(offset);
        if (isHeld(word)) {
            holder.accept(tokenOf(word));
        }
    }

    @Override
    public long changes() {
        // acquire, as in forEachHolder. The name itself, without the sign: none comes again.
        return memory.getLongAcquire(offset) & Long.MAX_VALUE;
    }

    /** As {@link #state()}, with the token of the holder. */
    public RingReport.Party party() {
        long holder = memory.getLongAcquire(offset);
        return new RingReport.Party(state(holder), holder == CLOSED ? VACANT : tokenOf(holder));
    }

    private PeerState state(long holder) {
        if (holder == VACANT) {
            return PeerState.ABSENT;
        }
        if (holder == CLOSED) {
            return PeerState.CLOSED;
        }
        return memory.isAlive(tokenOf(holder)) ? PeerState.LIVE : PeerState.DEAD;
    }
}
