package io.sluice.locks.semaphore;

import io.sluice.api.lock.FencedException;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.support.Notes;
import java.util.function.LongConsumer;

/**
 * This attachment as a holder of permits: its account, and the changes that its threads make to it.
 *
 * <p>Each change is tried until the ledger's state held still for it. That fails because another process made a change,
 * so some process always gets on; or because another thread of this one has announced the change of that number. That
 * one is given some time, and then its number is passed over.
 */
final class Holder implements Permits {

    private static final int RETRY = -1;

    /** How often a thread looks whether another one gets on with what it has announced. */
    private static final int PATIENCE = 100;

    private final RegionMemory memory;
    private final int total;
    private final Ledger ledger;
    private final Accounts accounts;
    private volatile long id;
    private volatile boolean closed;
    // Whether the last change before ours was another holder's: a guess, for speed only.
    private boolean contended;

    Holder(RegionMemory memory, int total) {
        this.memory = memory;
        this.total = total;
        this.ledger = new Ledger(memory, total);
        this.accounts = new Accounts(memory, ledger);
        this.id = accounts.open();
    }

    long id() {
        return id;
    }

    int available() {
        return LedgerState.available(ledger.state());
    }

    @Override
    public boolean has(int count) {
        return available() >= count;
    }

    @Override
    public boolean take(int count) {
        return change(count, false) == count;
    }

    /** Takes all there are; returns how many. */
    int drain() {
        return change(total, true);
    }

    /** Takes {@code count} permits, or nothing; or, if {@code lessWillDo}, what there is. Returns how many. */
    private int change(int count, boolean lessWillDo) {
        if (count == 0) {
            return 0;
        }
        for (int attempt = 0; ; attempt++) {
            long state = ledger.state();
            int available = LedgerState.available(state);
            int taken = lessWillDo ? Math.min(count, available) : count;
            if (taken > available || taken == 0) {
                checkOpen();
                return 0;
            }
            long own = id;
            long place = ledger.placeForNext(Accounts.account(own), state);
            int held = readyToChange(own, state, place, attempt);
            boolean foreign = LedgerState.account(state) != Accounts.account(own);
            // Below the CAS in here a death is that of a holder; above it nothing was taken.
            if (held >= 0 && ledger.change(Accounts.account(own), state, place, held, held + taken)) {
                if (contended != foreign) {
                    contended = foreign;
                }
                note(own);
                return taken;
            }
        }
    }

    /**
     * Gives {@code count} permits back.
     *
     * @throws IllegalMonitorStateException if fewer are held
     */
    void giveBack(int count) {
        for (int attempt = 0; ; attempt++) {
            long state = ledger.state();
            long own = id;
            long place = ledger.placeForNext(Accounts.account(own), state);
            int held = readyToChange(own, state, place, attempt);
            if (held >= 0) {
                checkHeld(count, held, "release");
                // The next change is probably another holder's: not to be held up by what we can do meanwhile.
                boolean settles = contended;
                long booking = settles ? ledger.placeForBooking(Accounts.account(own)) : 0;
                if (ledger.change(Accounts.account(own), state, place, held, held - count)) {
                    if (settles) {
                        ledger.settle(Accounts.account(own), state, booking, held - count);
                    }
                    note(own);
                    return;
                }
            }
        }
    }

    /**
     * What {@code own} holds in {@code state}, and that it may be changed; {@link #RETRY} if not now. All that is
     * checked here was read after the state, so that whatever makes it untrue later changes the state too, and
     * the change fails.
     */
    private int readyToChange(long own, long state, long place, int attempt) {
        int account = Accounts.account(own);
        checkOpen();
        checkNotFenced(own);
        if (LedgerEntry.number(place) == LedgerState.nextNumber(state)) {
            awaitOtherThread(state, attempt);
            return RETRY;
        }
        if (ledger.carriesNextNumber(account, state)) {
            ledger.skipNumber(state);
            return RETRY;
        }
        return ledger.readyToChange(account, state);
    }

    /**
     * Another thread of this process has announced a change of the next number, and is about to make it; or one did in
     * the round of numbers before; or cannot make it, because yet another one has come between its announcements.
     */
    private void awaitOtherThread(long state, int attempt) {
        if (attempt % PATIENCE < PATIENCE - 1) {
            memory.yieldHint();
        } else {
            ledger.skipNumber(state);
        }
    }

    /**
     * Hands {@code count} permits to the holder called {@code receiver}.
     *
     * @throws IllegalMonitorStateException if fewer are held
     * @throws IllegalArgumentException if there is no such holder
     */
    void transfer(int count, long receiver) {
        for (int attempt = 0; ; attempt++) {
            long state = ledger.state();
            long own = id;
            int account = Accounts.account(own);
            long place = ledger.placeForNext(account, state);
            long transferPlace = ledger.placeForTransfer(account);
            int target = target(account, receiver);
            if (readyToChange(own, state, place, attempt) == RETRY) {
                continue;
            }
            if (ledger.carriesNextNumber(target, state)) {
                ledger.skipNumber(state);
                continue;
            }
            int held = ledger.readyToClose(account, state);
            if (held >= 0) {
                checkHeld(count, held, "transfer");
                if (ledger.transfer(account, state, place, transferPlace, held, target, count)) {
                    note(own);
                    return;
                }
            }
        }
    }

    private int target(int own, long receiver) {
        int target = accounts.find(receiver);
        if (target < 0 || target == own) {
            checkOpen();
            throw new IllegalArgumentException(memory.name() + ": " + Long.toHexString(receiver)
                    + (target < 0 ? " is no live holder" : " is this holder itself"));
        }
        return target;
    }

    /** Permits held now. */
    int held() {
        while (true) {
            long state = ledger.state();
            long own = id;
            checkOpen();
            checkNotFenced(own);
            int held = ledger.readyToClose(Accounts.account(own), state);
            if (held >= 0) {
                return held;
            }
        }
    }

    @Override
    public boolean takeBackFromDead() {
        return accounts.closeDead();
    }

    @Override
    public void forEachHolder(LongConsumer token) {
        accounts.forEachHolder(token);
    }

    /** Gives everything back and ends; later uses throw. A change that another thread is making counts, or fails. */
    synchronized void close() {
        closed = true;
        accounts.close(id);
    }

    private void note(long own) {
        int account = Accounts.account(own);
        Notes.held(memory, AccountableLayout.since(account), AccountableLayout.thread(account), Thread.currentThread());
    }

    private void checkOpen() {
        if (closed) {
            throw new DetachedException(memory.name());
        }
    }

    private void checkHeld(int count, int held, String what) {
        if (count > held) {
            throw new IllegalMonitorStateException(
                    memory.name() + ": cannot " + what + " " + count + " permits: this attachment holds " + held);
        }
    }

    private void checkNotFenced(long own) {
        if (!accounts.isOwn(own)) {
            int account = Accounts.account(own);
            long found = accounts.holder(account);
            reopen(own);
            throw new FencedException(
                    memory.name(),
                    "account " + account + " of " + Long.toHexString(memory.selfToken()),
                    found == 0 ? "closed" : "account of " + Long.toHexString(found));
        }
    }

    private synchronized void reopen(long lost) {
        if (id == lost && !closed) {
            id = accounts.open();
        }
    }
}
