package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.support.WaitList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at semaphores without touching them: reads only, so that a read-only attachment will do. */
final class SemaphoreStat {

    private SemaphoreStat() {}

    static LockStat signalling(RegionMemory memory, int maximum) {
        int available = new PermitCount(memory, maximum).available();
        return new LockStat(
                LockKind.SIGNALLING_SEMAPHORE,
                memory.name(),
                available + " available",
                List.of(),
                new WaitList(memory, SignallingLayout.WAITERS).waiters());
    }

    static LockStat accountable(RegionMemory memory, int total) {
        Ledger ledger = new Ledger(memory, total);
        long state = ledger.state();
        return new LockStat(
                LockKind.ACCOUNTABLE_SEMAPHORE,
                memory.name(),
                LedgerState.available(state) + " of " + total + " available",
                holders(memory, new Accounts(memory, ledger), state),
                new WaitList(memory, AccountableLayout.WAITERS).waiters());
    }

    private static List<LockStat.Holder> holders(RegionMemory memory, Accounts accounts, long state) {
        List<LockStat.Holder> holders = new ArrayList<>();
        for (int account = 0; account < AccountableSemaphore.MAX_HOLDERS; account++) {
            long token = accounts.holder(account);
            int held = held(memory, account, state);
            if (token != 0 && held > 0) {
                holders.add(new LockStat.Holder(
                        token,
                        memory.isAlive(token),
                        memory.getLong(AccountableLayout.thread(account)),
                        held,
                        Instant.ofEpochMilli(memory.getLong(AccountableLayout.since(account)))));
            }
        }
        return holders;
    }

    private static int held(RegionMemory memory, int account, long state) {
        long number = LedgerState.number(state);
        if (LedgerState.account(state) == account && !LedgerState.isClosing(state)) {
            long announced = memory.getLongAcquire(AccountableLayout.announced(account, number));
            if (LedgerEntry.number(announced) == number) {
                return LedgerEntry.permits(announced);
            }
        }
        return LedgerEntry.permits(memory.getLongAcquire(AccountableLayout.booked(account)));
    }
}
