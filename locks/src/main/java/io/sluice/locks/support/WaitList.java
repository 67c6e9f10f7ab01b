package io.sluice.locks.support;

import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.RegionMemory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Those who wait for a lock, in shared memory, in the order in which they began to: for people to see, and for fair
 * locks to go by. There are no links between the places, so a dead waiter's is simply given to somebody else.
 *
 * <pre>
 *      0  NEXT     long  number of the last ticket given out
 *      8  SETTLED  long  every ticket up to this one is done with
 *    128  PLACES   64 bytes each
 *           0  TOKEN   long  process that has the place; 0: free
 *           8  TICKET  long  its number in the queue; 0: not taken yet
 *          16  THREAD  long  for people
 *          24  WANTED  long  for people
 *          32  SINCE   long  milliseconds since 1970, for people
 * </pre>
 *
 * <p>All zero is an empty list. A crash at any instant leaves at most a place of a dead process, which does not count
 * and is reused. The order is not a promise between threads that take a ticket at the same moment.
 *
 * <p>Any thread of any process.
 */
public final class WaitList {

    /** How many can wait in it at a time. */
    public static final int PLACES = 128;

    /** Bytes that a list takes in the region. */
    public static final long BYTES = 128 + 64L * PLACES;

    private static final long SETTLED = 8;
    static final long FIRST_PLACE = 128;
    static final long PLACE_BYTES = 64;
    static final long TICKET = 8;

    private static final long THREAD = 16;
    private static final long WANTED = 24;
    private static final long SINCE = 32;

    private final RegionMemory memory;
    private final long offset;

    /** The list at {@code offset} of {@code memory}, a multiple of 8. */
    public WaitList(RegionMemory memory, long offset) {
        this.memory = memory;
        this.offset = offset;
    }

    /** A place in the list. Belongs to the thread that took it. */
    public static final class Place {

        private int index;
        private long ticket;

        private Place() {}
    }

    private long place(int index) {
        return offset + FIRST_PLACE + index * PLACE_BYTES;
    }

    /**
     * Takes the place behind all others.
     *
     * @return null if {@link #PLACES} others have one, or ours was taken away meanwhile because this process was
     *     held for dead
     */
    public Place join(long wanted) {
        // First: without memory for it nothing is taken, or else it would stay taken as long as this process lives.
        Place place = new Place();
        int index = claim();
        if (index < 0 && removeDead()) {
            index = claim();
        }
        if (index < 0) {
            return null;
        }
        memory.setLong(place(index) + THREAD, Thread.currentThread().getId());
        memory.setLong(place(index) + WANTED, wanted);
        memory.setLong(place(index) + SINCE, System.currentTimeMillis());
        // full fence; pairs with settle(): a ticket that it counts belongs to a place whose token it sees.
        long ticket = memory.getAndAddLong(offset, 1) + 1;
        // A death above or below leaves a dead process's place.
        place.index = index;
        place.ticket = ticket;
        return show(index, ticket, memory.selfToken()) ? place : null;
    }

    /**
     * Puts the ticket into the place, which is empty but for what one may have put there who was held for dead wrongly
     * and did not know. One like that finds, before or after, that the place is not its own, and leaves nothing there.
     */
    private boolean show(int index, long ticket, long token) {
        long found = 0;
        // full fence; pairs with isFirst().
        while (!memory.compareAndSetLong(place(index) + TICKET, found, ticket)) {
            found = memory.getLongAcquire(place(index) + TICKET);
            if (memory.getLongAcquire(place(index)) != token) {
                return false;
            }
        }
        if (memory.getLongAcquire(place(index)) == token) {
            return true;
        }
        memory.compareAndSetLong(place(index) + TICKET, ticket, 0);
        return false;
    }

    private int claim() {
        long token = memory.selfToken();
        for (int index = 0; index < PLACES; index++) {
            // Plain glance, then a CAS that decides; a full fence, pairs with leave() and remove().
            if (memory.getLong(place(index)) == 0 && memory.compareAndSetLong(place(index), 0, token)) {
                return index;
            }
        }
        return -1;
    }

    /** Gives the place up. */
    public void leave(Place place) {
        // Not ours any more only if this process was held for dead and its place given on: then there is nothing to do.
        if (memory.compareAndSetLong(place(place.index) + TICKET, place.ticket, 0)) {
            // A death between the two leaves a place without a ticket that a dead process has: nobody waits for it.
            memory.compareAndSetLong(place(place.index), memory.selfToken(), 0);
        }
    }

    /** Whether nobody is ahead of {@code place}. Looks at up to {@link #PLACES} words, at no process. */
    public boolean isFirst(Place place) {
        for (int index = 0; index < PLACES; index++) {
            if (ownerAhead(index, place) != 0) {
                return false;
            }
        }
        return true;
    }

    /** Names the processes of those ahead of {@code place}. */
    public void forEachAhead(Place place, LongConsumer token) {
        for (int index = 0; index < PLACES; index++) {
            token.accept(ownerAhead(index, place));
        }
    }

    /** Token of the process that has the place called {@code index}, if it is ahead of {@code place}; else 0. */
    private long ownerAhead(int index, Place place) {
        // acquire; pairs with join() and leave().
        long ticket = memory.getLongAcquire(place(index) + TICKET);
        // A ticket in a place that nobody has belongs to one who was held for dead.
        return ticket != 0 && ticket < place.ticket ? memory.getLongAcquire(place(index)) : 0;
    }

    /** Frees the places of dead processes; a system call for each place of another process. Returns whether it did. */
    public boolean removeDead() {
        boolean removed = false;
        for (int index = 0; index < PLACES; index++) {
            long token = memory.getLongAcquire(place(index));
            if (token != 0 && !memory.isAlive(token)) {
                removed |= remove(index, token);
            }
        }
        return removed;
    }

    private boolean remove(int index, long token) {
        long ticket = memory.getLongAcquire(place(index) + TICKET);
        // The dead's own ticket only if the place was its own before and after; then the CAS cannot hit another's.
        if (memory.getLongAcquire(place(index)) != token) {
            return false;
        }
        memory.compareAndSetLong(place(index) + TICKET, ticket, 0);
        // full fence; pairs with claim(). A death above leaves the place to the next one who looks.
        return memory.compareAndSetLong(place(index), token, 0);
    }

    /**
     * Whether somebody may be waiting: two loads. True after a crash until somebody calls {@link #settle()}.
     */
    public boolean mayBeOccupied() {
        return memory.getLongAcquire(offset) != memory.getLongAcquire(offset + SETTLED);
    }

    /** Records that nobody waits, if so. To be called now and then by those who leave a list that must stay short. */
    public void settle() {
        long settled = memory.getLongAcquire(offset + SETTLED);
        // acquire; pairs with join(): whoever has a ticket up to this one had its token in place before.
        long given = memory.getLongAcquire(offset);
        for (int index = 0; index < PLACES; index++) {
            if (memory.getLongAcquire(place(index)) != 0) {
                return;
            }
        }
        // Losing it means another one settled; a ticket given out meanwhile makes NEXT differ from what we store.
        memory.compareAndSetLong(offset + SETTLED, settled, given);
    }

    /** Who waits, in order; not yet who has no ticket, which nobody could know the place of. */
    public List<LockStat.Waiter> waiters() {
        record Ticketed(long ticket, LockStat.Waiter waiter) {}
        List<Ticketed> found = new ArrayList<>();
        for (int index = 0; index < PLACES; index++) {
            long token = memory.getLongAcquire(place(index));
            // acquire; pairs with show(): what is there for people was stored before.
            long ticket = memory.getLongAcquire(place(index) + TICKET);
            if (token != 0 && ticket != 0) {
                LockStat.Waiter waiter = new LockStat.Waiter(
                        token,
                        memory.isAlive(token),
                        memory.getLong(place(index) + THREAD),
                        memory.getLong(place(index) + WANTED),
                        Instant.ofEpochMilli(memory.getLong(place(index) + SINCE)));
                found.add(new Ticketed(ticket, waiter));
            }
        }
        found.sort(Comparator.comparingLong(Ticketed::ticket));
        return found.stream().map(Ticketed::waiter).toList();
    }
}
