package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.memory.RegionMemory;

/**
 * Who holds how many permits, so that every change is made in one step whoever dies: a detectable compare-and-set,
 * after the recoverable CAS of Attiya, Ben-Baruch and Hendler ("Nesting-safe recoverable linearizability", 2018).
 *
 * <p>A change is <em>announced</em> in the account of its holder (what it will hold after change number n),
 * <em>made</em> by one CAS on the state (permits available, n, the account), and <em>booked</em>: copied to where the
 * account says what it holds. Only the CAS decides. As long as the state names a change, its announcement stays, and
 * nobody makes another one before this one is booked, by whoever comes along. So at any instant, and after any death,
 * an account holds what is booked, or what is announced if the state names its change; and that is what comes back when
 * its holder is dead.
 *
 * <p>Two changes of one holder in a row need no booking in between, because the announcements of even and of odd
 * numbers have a word each: the second is announced beside the first. Alone, a holder pays one CAS per change.
 *
 * <p>Who finds the state's change <em>settled</em> need not look at its account: a word beside the state carries the
 * number of a change that was booked before the word was stored. It may carry an old one, then the account says. Where
 * processes hand permits to each other, each books and settles its own release while the other one is still on its way,
 * and so only the line of the state goes from one to the other.
 *
 * <p>Numbers have 35 bits and come round. A word of an account from the round before could be taken for one of now if
 * the account made a change of the very number that the word carries; so that number is passed over, by a change of
 * nobody's that changes nothing else. What remains: a process would have to be paused between a load and its CAS for
 * exactly a multiple of 2^35 changes, half an hour of nothing else, to take one change for another.
 *
 * <p>Any thread of any process. Nobody waits for another process, dead or stopped, nor for long for a thread of the
 * same: a number that one of them has announced and does not get on with is passed over, too.
 */
final class Ledger {

    private final RegionMemory memory;
    private final int total;

    /** The ledger in {@code memory} of {@code total} permits. */
    Ledger(RegionMemory memory, int total) {
        this.memory = memory;
        this.total = total;
    }

    /** Gives a new ledger its permits, in a memory that nobody else sees yet. */
    static void initialize(RegionMemory memory, int permits) {
        // Change number 0, which account 0 announced as leaving it with nothing: what zeros say.
        memory.setLongRelease(AccountableLayout.STATE, permits);
    }

    /** The state now. */
    long state() {
        // acquire; pairs with the CAS that made the change: its announcement is visible.
        long state = memory.getLongAcquire(AccountableLayout.STATE);
        if (!LedgerState.isValid(state, total)) {
            throw new CorruptLockException(
                    memory.name(),
                    "state of the ledger",
                    "at most " + total + " permits and account " + (AccountableSemaphore.MAX_HOLDERS - 1),
                    LedgerState.available(state) + " permits and account " + LedgerState.account(state));
        }
        return state;
    }

    /** Whether {@code state} is still the state. */
    boolean isStill(long state) {
        return memory.getLongAcquire(AccountableLayout.STATE) == state;
    }

    // ---- making changes -------------------------------------------------------------------------------------------

    /**
     * What {@code account} holds in {@code state}, with the state made ready for its next change; -1 if the state is
     * not the last one any more. To be called by the account's holder.
     */
    int readyToChange(int account, long state) {
        if (LedgerState.account(state) == account && !LedgerState.isClosing(state) && !isTransfer(account, state)) {
            // Our own last change: its announcement stays where it is while we write the next one beside it.
            // acquire; pairs with announce(), and keeps the second look at the state behind it.
            long announced = memory.getLongAcquire(AccountableLayout.announced(account, LedgerState.number(state)));
            boolean found = isOfNumber(announced, LedgerState.number(state)) || mustHaveChanged(state, announced);
            // Still the state, so that the place read before is not one where another thread announced a later change.
            return found && isStill(state) ? held(announced, state) : -1;
        }
        return readyToClose(account, state);
    }

    /** As {@link #readyToChange}, for anybody. */
    int readyToClose(int account, long state) {
        if (!book(state)) {
            return -1;
        }
        long booked = memory.getLongAcquire(AccountableLayout.booked(account));
        // Booked as of this state, if it still is the state: nothing is booked before it is made.
        return isStill(state) ? held(booked, state) : -1;
    }

    /** What {@code entry} says is held in {@code state}. */
    private int held(long entry, long state) {
        int held = LedgerEntry.permits(entry);
        checkPermits(LedgerState.available(state) + held);
        return held;
    }

    private void checkPermits(int found) {
        if (found > total) {
            throw new CorruptLockException(
                    memory.name(), "account of the ledger", "at most " + total + " permits", found + " permits");
        }
    }

    // ---- numbers ----------------------------------------------------------------------------------------------------

    /**
     * Whether {@code account}, or the word of what is settled, carries the number of the change after {@code state}
     * already, though that change has not been made: from the round before, since nobody makes a change of this account
     * now but its holder.
     */
    boolean carriesNextNumber(int account, long state) {
        long next = LedgerState.nextNumber(state);
        return isOfNumber(memory.getLong(AccountableLayout.booked(account)), next)
                || isOfNumber(memory.getLong(AccountableLayout.transfer(account)), next)
                || isSettled(next);
    }

    /**
     * Passes over the number of the change after {@code state}; whoever wants to change something then reads it anew.
     */
    void skipNumber(long state) {
        if (book(state)) {
            // A death above or below leaves everything as it was.
            make(state, LedgerState.skipped(state));
        }
    }

    /**
     * What stands where the announcement of the next change of {@code account} will be, for {@link #change}: to be read
     * before making sure that the account is still ours.
     */
    long placeForNext(int account, long state) {
        return memory.getLongAcquire(AccountableLayout.announced(account, LedgerState.nextNumber(state)));
    }

    /**
     * Changes what {@code account} holds from {@code held} to {@code newHeld}, out of or into what is available.
     *
     * @param place from {@link #placeForNext} of the same state
     * @param held from {@link #readyToChange} of the same state, called after that
     * @return false if the state has changed meanwhile; nothing happened
     */
    boolean change(int account, long state, long place, int held, int newHeld) {
        return announce(account, state, place, newHeld)
                && make(state, LedgerState.changed(state, account, LedgerState.available(state) + held - newHeld));
    }

    /** What stands where a transfer will be announced; as {@link #placeForNext}. */
    long placeForTransfer(int account) {
        return memory.getLongAcquire(AccountableLayout.transfer(account));
    }

    /**
     * Moves {@code count} permits of {@code account} to {@code receiver}; otherwise as {@link #change}.
     *
     * @param transferPlace from {@link #placeForTransfer}
     * @param held from {@link #readyToClose} of the same state
     */
    boolean transfer(int account, long state, long place, long transferPlace, int held, int receiver, int count) {
        long transfer = LedgerEntry.of(LedgerState.nextNumber(state), receiver, count);
        // Announced first: after that no other thread of the process announces a change of this number.
        return announce(account, state, place, held - count)
                // full fence; pairs with bookTransfer(), by way of the state's CAS.
                && memory.compareAndSetLong(AccountableLayout.transfer(account), transferPlace, transfer)
                && make(state, LedgerState.changed(state, account, LedgerState.available(state)));
    }

    /** Closes {@code account}: the {@code held} permits become available. Anybody may, again and again. */
    boolean close(int account, long state, int held) {
        if (carriesNextNumber(account, state)) {
            skipNumber(state);
            return false;
        }
        long closed = LedgerState.closed(state, account, LedgerState.available(state) + held);
        if (!make(state, closed)) {
            return false;
        }
        book(closed);
        return true;
    }

    private boolean announce(int account, long state, long place, int newHeld) {
        long number = LedgerState.nextNumber(state);
        // full fence; pairs with book(). A CAS, so that of the threads of a process one announces a number, and so that
        // a process that lost its account by a wrong verdict cannot overwrite what the next holder announced. A death
        // below leaves an announcement of a change that was
        // never made, which nobody looks at.
        return memory.compareAndSetLong(
                AccountableLayout.announced(account, number), place, LedgerEntry.of(number, newHeld));
    }

    private boolean make(long state, long next) {
        // full fence; pairs with state(): the change is made, announcement and all, or not at all.
        // A death below leaves it made and to be booked by whoever wants to make the next one.
        return memory.compareAndSetLong(AccountableLayout.STATE, state, next);
    }

    // ---- booking --------------------------------------------------------------------------------------------------

    /**
     * Books the change that {@code state} names, if it is not booked.
     *
     * @return false if the state is not the last one any more, so that somebody else has done it
     */
    boolean book(long state) {
        int account = LedgerState.account(state);
        long number = LedgerState.number(state);
        if (isSettled(number)) {
            return isStill(state);
        }
        if (account == LedgerState.NOBODY) {
            return isStill(state);
        }
        if (LedgerState.isClosing(state)) {
            return enter(state, account, LedgerEntry.of(number, 0));
        }
        // acquire; pairs with announce().
        long announced = memory.getLongAcquire(AccountableLayout.announced(account, number));
        if (LedgerEntry.number(announced) != number) {
            return mustHaveChanged(state, announced);
        }
        return enter(state, account, announced) && bookTransfer(state, account, number);
    }

    /** What is booked for {@code account}, for {@link #settle}: to be read before the change is made. */
    long placeForBooking(int account) {
        return memory.getLongAcquire(AccountableLayout.booked(account));
    }

    /**
     * Books the change after {@code state}, which {@code account} has just made and is no transfer, and says so where
     * others need not look at the account. In as few steps as possible: who waits for the change is on its way already.
     *
     * @param place from {@link #placeForBooking}
     * @param newHeld what the account holds since
     */
    void settle(int account, long state, long place, int newHeld) {
        long number = LedgerState.nextNumber(state);
        // full fence; pairs with the loads of BOOKED. Nobody makes a later change before this one is booked: so if the
        // place is as it was before, no later one is. Losing it means that another one was quicker.
        if (memory.compareAndSetLong(AccountableLayout.booked(account), place, LedgerEntry.of(number, newHeld))) {
            // release; pairs with isSettled(): what it says is booked. A plain store, which may come late and carry an
            // old number: then it says nothing. A death above leaves it to the next one to look at the account.
            memory.setLongRelease(AccountableLayout.SETTLED, number);
        }
    }

    /** Whether the change of that number is known to be booked. */
    private boolean isSettled(long number) {
        // acquire; pairs with settle(): who sees the number sees what was booked before.
        return memory.getLongAcquire(AccountableLayout.SETTLED) == number;
    }

    private boolean bookTransfer(long state, int account, long number) {
        // acquire; pairs with transfer().
        long transfer = memory.getLongAcquire(AccountableLayout.transfer(account));
        if (!isOfNumber(transfer, number)) {
            return true;
        }
        int receiver = LedgerEntry.account(transfer);
        if (receiver >= AccountableSemaphore.MAX_HOLDERS) {
            throw new CorruptLockException(
                    memory.name(),
                    "receiver of a transfer",
                    "account " + (AccountableSemaphore.MAX_HOLDERS - 1) + " or lower",
                    "account " + receiver);
        }
        long booked = memory.getLongAcquire(AccountableLayout.booked(receiver));
        if (!isStill(state) || isOfNumber(booked, number)) {
            return isStill(state);
        }
        int held = held(booked, state) + LedgerEntry.permits(transfer);
        checkPermits(held);
        return enter(state, receiver, LedgerEntry.of(number, held));
    }

    /** Makes {@code entry} the booked one of {@code account}, unless an entry of its number is. */
    private boolean enter(long state, int account, long entry) {
        while (true) {
            long booked = memory.getLongAcquire(AccountableLayout.booked(account));
            // After the load, so that what we replace is not of a later change than ours.
            if (!isStill(state)) {
                return false;
            }
            if (isOfNumber(booked, LedgerEntry.number(entry))) {
                return true;
            }
            // full fence; pairs with the loads of BOOKED. Losing it means another one booked: look again.
            if (memory.compareAndSetLong(AccountableLayout.booked(account), booked, entry)) {
                return true;
            }
        }
    }

    private boolean isTransfer(int account, long state) {
        return isOfNumber(memory.getLong(AccountableLayout.transfer(account)), LedgerState.number(state));
    }

    private static boolean isOfNumber(long entry, long number) {
        return LedgerEntry.number(entry) == number;
    }

    private boolean mustHaveChanged(long state, long announced) {
        if (isStill(state)) {
            throw new CorruptLockException(
                    memory.name(),
                    "announcement of account " + LedgerState.account(state),
                    "change " + LedgerState.number(state),
                    "change " + LedgerEntry.number(announced));
        }
        return false;
    }
}
