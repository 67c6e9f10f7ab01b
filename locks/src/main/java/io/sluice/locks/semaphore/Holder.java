package io.sluice.locks.semaphore;

import io.sluice.api.lock.FencedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.support.CoarseClock;
import io.sluice.locks.support.LocalGate;

/**
 * This attachment as a holder of permits: its account, and the changes it makes to it, one thread at a time.
 *
 * <p>Each change is tried until the ledger's state held still for it; that fails only because another process made a
 * change, so some process always gets on.
 */
final class Holder implements Permits {

    private final RegionMemory memory;
    private final int total;
    private final Ledger ledger;
    private final Accounts accounts;
    private final LocalGate gate;
    // Changed inside the gate.
    private volatile int account;
    private volatile long id;

    Holder(RegionMemory memory, int total) {
        this.memory = memory;
        this.total = total;
        this.ledger = new Ledger(memory, total);
        this.accounts = new Accounts(memory, ledger);
        this.gate = new LocalGate(memory);
        openAccount();
    }

    private void openAccount() {
        account = accounts.open();
        id = accounts.holderId(account);
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
        Thread me = Thread.currentThread();
        gate.enterBriefly(me);
        try {
            while (true) {
                long state = ledger.state();
                int available = LedgerState.available(state);
                int taken = lessWillDo ? Math.min(count, available) : count;
                if (taken > available || taken == 0) {
                    return 0;
                }
                long place = ledger.placeForNext(account, state);
                checkNotFenced();
                int held = ledger.readyToChange(account, state);
                // Below the CAS in here a death is that of a holder; above it nothing was taken.
                if (held >= 0 && ledger.change(account, state, place, held, held + taken)) {
                    note(me);
                    return taken;
                }
            }
        } finally {
            gate.leave();
        }
    }

    /**
     * Gives {@code count} permits back.
     *
     * @throws IllegalMonitorStateException if fewer are held
     */
    void giveBack(int count) {
        Thread me = Thread.currentThread();
        gate.enterBriefly(me);
        try {
            while (true) {
                long state = ledger.state();
                long place = ledger.placeForNext(account, state);
                checkNotFenced();
                int held = ledger.readyToChange(account, state);
                if (held < 0) {
                    continue;
                }
                checkHeld(count, held, "release");
                if (ledger.change(account, state, place, held, held - count)) {
                    note(me);
                    return;
                }
            }
        } finally {
            gate.leave();
        }
    }

    /**
     * Hands {@code count} permits to the holder called {@code receiver}.
     *
     * @throws IllegalMonitorStateException if fewer are held
     * @throws IllegalArgumentException if there is no such holder
     */
    void transfer(int count, long receiver) {
        Thread me = Thread.currentThread();
        gate.enterBriefly(me);
        try {
            while (true) {
                long state = ledger.state();
                long place = ledger.placeForNext(account, state);
                long transferPlace = ledger.placeForTransfer(account);
                checkNotFenced();
                // After the state was read: should the receiver's account be closed later, the state will differ.
                int target = accounts.find(receiver);
                if (target < 0 || target == account) {
                    throw new IllegalArgumentException(memory.name() + ": " + Long.toHexString(receiver)
                            + (target < 0 ? " is no live holder" : " is this holder itself"));
                }
                int held = ledger.readyToClose(account, state);
                if (held < 0) {
                    continue;
                }
                checkHeld(count, held, "transfer");
                if (ledger.transfer(account, state, place, transferPlace, held, target, count)) {
                    note(me);
                    return;
                }
            }
        } finally {
            gate.leave();
        }
    }

    /** Permits held now. */
    int held() {
        gate.enterBriefly(Thread.currentThread());
        try {
            while (true) {
                long state = ledger.state();
                checkNotFenced();
                int held = ledger.readyToClose(account, state);
                if (held >= 0) {
                    return held;
                }
            }
        } finally {
            gate.leave();
        }
    }

    @Override
    public boolean takeBackFromDead() {
        return accounts.closeDead();
    }

    /** Gives everything back and ends; later uses throw. */
    void close() {
        while (!gate.tryClose()) {
            Thread.yield();
        }
        if (accounts.isOwn(account)) {
            accounts.close(account);
        }
    }

    private void note(Thread me) {
        memory.setLong(AccountableLayout.since(account), CoarseClock.millis());
        memory.setLong(AccountableLayout.thread(account), me.getId());
    }

    private void checkHeld(int count, int held, String what) {
        if (count > held) {
            throw new IllegalMonitorStateException(
                    memory.name() + ": cannot " + what + " " + count + " permits: this attachment holds " + held);
        }
    }

    private void checkNotFenced() {
        if (!accounts.isOwn(account)) {
            long found = accounts.holder(account);
            int lost = account;
            openAccount();
            throw new FencedException(
                    memory.name(),
                    "account " + lost + " of " + Long.toHexString(memory.selfToken()),
                    found == 0 ? "closed" : "account of " + Long.toHexString(found));
        }
    }
}
