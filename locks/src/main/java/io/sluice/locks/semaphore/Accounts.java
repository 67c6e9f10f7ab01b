package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.lock.LockFullException;
import io.sluice.api.memory.RegionMemory;
import java.util.function.LongConsumer;

/**
 * Opens and closes the accounts of an accountable semaphore's holders, those of dead ones included.
 *
 * <pre>
 *   opening  CAS owner free -> me; give it a serial number
 *   closing  CAS owner -> the same, closing; take the serial number away;
 *            make what it holds available (a change of the ledger that anybody may make again);
 *            CAS owner, closing -> free
 * </pre>
 *
 * <p>A death at any point of closing leaves an account whose owner is dead or becomes it, and the next one who
 * looks closes it from the beginning: what has been made available once is not held any more. Closing always
 * changes the ledger's state, also when nothing is held, so that a change that an owner, wrongly held for dead, had
 * prepared before fails.
 *
 * <p>Any thread of any process.
 */
final class Accounts {

    private static final long FREE = 0;
    private static final long CLOSING = 1;
    private static final int TOKEN_SHIFT = 1;
    private static final long MOST = (1L << 61) - 1; // a token of 60 bits, closing
    private static final int ACCOUNT_BITS = 8;
    private static final int COUNT = AccountableSemaphore.MAX_HOLDERS;

    private final RegionMemory memory;
    private final Ledger ledger;
    private final long self;

    Accounts(RegionMemory memory, Ledger ledger) {
        this.memory = memory;
        this.ledger = ledger;
        this.self = memory.selfToken() << TOKEN_SHIFT;
    }

    /**
     * Opens an account for this process; returns the holder's id.
     *
     * @throws LockFullException if live holders have all of them
     */
    long open() {
        int account = claim();
        if (account < 0) {
            closeDead();
            account = claim();
        }
        if (account < 0) {
            throw new LockFullException(memory.name(), "accounts", COUNT);
        }
        long serial = memory.getAndAddLong(AccountableLayout.SERIALS, 1) + 1;
        // A death above leaves an account that nobody can transfer to.
        show(account, serial);
        return serial << ACCOUNT_BITS | account;
    }

    /**
     * Puts the serial number into the account, where there is none but perhaps that of one who was held for dead wrongly
     * while it opened the account. One like that finds, before or after, that the account is not its own, and leaves no
     * number there; it is told with its first use of the semaphore.
     */
    private void show(int account, long serial) {
        long place = AccountableLayout.serial(account);
        long found = 0;
        // full fence; pairs with find() and isOwn().
        while (!memory.compareAndSetLong(place, found, serial)) {
            found = memory.getLongAcquire(place);
            // After the load: the next holder's number is not what was loaded while the account was ours.
            if (memory.getLongAcquire(AccountableLayout.owner(account)) != self) {
                return;
            }
        }
        if (memory.getLongAcquire(AccountableLayout.owner(account)) != self) {
            // A death above leaves a number that nobody was told, until the account's next holder puts its own there.
            memory.compareAndSetLong(place, serial, 0);
        }
    }

    private int claim() {
        for (int account = 0; account < COUNT; account++) {
            // full fence; pairs with closing: the account is empty.
            if (memory.getLong(AccountableLayout.owner(account)) == FREE
                    && memory.compareAndSetLong(AccountableLayout.owner(account), FREE, self)) {
                return account;
            }
        }
        return -1;
    }

    /** Whether the holder with {@code id}, which this process has opened, still has its account. */
    boolean isOwn(long id) {
        int account = account(id);
        // acquire; pairs with the CAS that begins to close it. The serial number comes second: it tells us from another
        // holder of this process that got the account after us, and it is taken away before the account is.
        return memory.getLongAcquire(AccountableLayout.owner(account)) == self
                && memory.getLongAcquire(AccountableLayout.serial(account)) == id >>> ACCOUNT_BITS;
    }

    /** Closes the account of the holder with {@code id}, if it still has it; what it holds becomes available. */
    void close(long id) {
        if (isOwn(id)) {
            close(account(id), self);
        }
    }

    /** Closes the accounts of dead holders. Returns whether permits became available. */
    boolean closeDead() {
        boolean found = false;
        for (int account = 0; account < COUNT; account++) {
            long owner = owner(account);
            if (owner != FREE && !memory.isAlive(owner >>> TOKEN_SHIFT)) {
                found |= close(account, owner);
            }
        }
        return found;
    }

    private boolean close(int account, long owner) {
        long closing = owner | CLOSING;
        // full fence; pairs with isOwn(): from here on a holder that was wrongly held for dead notices.
        memory.compareAndSetLong(AccountableLayout.owner(account), owner, closing);
        removeSerial(account, closing);
        while (true) {
            long state = ledger.state();
            // After the load: if the account is reopened later, the state has changed by the time it is used.
            if (memory.getLongAcquire(AccountableLayout.owner(account)) != closing) {
                return false;
            }
            int held = ledger.readyToClose(account, state);
            if (held >= 0 && ledger.close(account, state, held)) {
                // full fence; pairs with claim(). Losing it means another one closed it too.
                memory.compareAndSetLong(AccountableLayout.owner(account), closing, FREE);
                return held > 0;
            }
        }
    }

    private void removeSerial(int account, long closing) {
        long serial = memory.getLongAcquire(AccountableLayout.serial(account));
        // Of the account's next holder only if the owner has changed, and then we leave it alone.
        if (serial != 0 && memory.getLongAcquire(AccountableLayout.owner(account)) == closing) {
            memory.compareAndSetLong(AccountableLayout.serial(account), serial, 0);
        }
    }

    // ---- names ----------------------------------------------------------------------------------------------------

    /** The account that is part of a holder's id. */
    static int account(long holderId) {
        return (int) (holderId & ((1 << ACCOUNT_BITS) - 1));
    }

    /** The account of a holder; -1 if it has none any more, or its process is dead. */
    int find(long holderId) {
        int account = account(holderId);
        long serial = holderId >>> ACCOUNT_BITS;
        if (account >= COUNT || serial == 0) {
            return -1;
        }
        long owner = owner(account);
        boolean open = owner != FREE
                && (owner & CLOSING) == 0
                && memory.getLongAcquire(AccountableLayout.serial(account)) == serial
                && memory.isAlive(owner >>> TOKEN_SHIFT);
        return open ? account : -1;
    }

    /** Names the processes that have accounts. */
    void forEachHolder(LongConsumer token) {
        for (int account = 0; account < COUNT; account++) {
            long holder = holder(account);
            if (holder != 0) {
                token.accept(holder);
            }
        }
    }

    /** Token of the process that has {@code account}; 0 if nobody has. */
    long holder(int account) {
        return owner(account) >>> TOKEN_SHIFT;
    }

    private long owner(int account) {
        // acquire; pairs with the CASes on owners.
        long owner = memory.getLongAcquire(AccountableLayout.owner(account));
        if (owner < 0 || owner > MOST || owner == CLOSING) {
            throw new CorruptLockException(
                    memory.name(), "owner of account " + account, "nobody, or a token", Long.toHexString(owner));
        }
        return owner;
    }
}
