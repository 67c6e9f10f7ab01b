package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockKind;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionSpec;
import io.sluice.locks.support.WaitList;

/**
 * Memory map of an accountable semaphore; offsets in bytes from the start of the region.
 * <pre>
 *      0  header          {@link RegionHeaderLayout}
 *  BODY   STATE     long  {@link LedgerState}: permits available, and the last change   CAS by everybody
 *     +8  SETTLED   long  number of a change that is booked; in STATE's line          stored by who has booked it
 *   +128  WAKE      int   where sleepers are found                                      written by sleepers and wakers
 *   +136  SERIALS   long  holder ids ever given out                                     added to by everybody
 *   +256  WAITERS         {@link WaitList}
 *  +8704  ACCOUNTS        {@link AccountableSemaphore#MAX_HOLDERS} of 128 bytes
 *           0  OWNER     long  token &lt;&lt; 1 of the holder's process, + 1 while it is being closed; 0: free
 *           8  SERIAL    long  the holder's id; 0 while it has none
 *          16  BOOKED    long  {@link LedgerEntry}: permits held, as far as booked
 *          24  EVEN      long  {@link LedgerEntry}: permits held after the holder's change of an even number
 *          32  ODD       long  the same for an odd number
 *          40  TRANSFER  long  {@link LedgerEntry}: to whom how many go with the holder's change
 *          48  SINCE     long  milliseconds since 1970 of the holder's last change, for people
 *          56  THREAD    long  id of the thread that made it, for people
 * </pre>
 */
final class AccountableLayout {

    static final long STATE = RegionHeaderLayout.BODY;
    static final long SETTLED = RegionHeaderLayout.BODY + 8;
    static final long WAKE = RegionHeaderLayout.BODY + 128;
    static final long SERIALS = RegionHeaderLayout.BODY + 136;
    static final long WAITERS = RegionHeaderLayout.BODY + 256;

    private static final long ACCOUNTS = RegionHeaderLayout.BODY + 8704;
    private static final long ACCOUNT_BYTES = 128;

    /** Bytes behind the region's header. */
    static final long BODY_BYTES = 8704 + ACCOUNT_BYTES * AccountableSemaphore.MAX_HOLDERS;

    /** Index of the number of permits in the region's geometry. */
    static final int GEOMETRY_PERMITS = 0;

    /** Index of the order, 1 for fair, in the region's geometry. */
    static final int GEOMETRY_FAIR = 1;

    static {
        assert WAITERS + WaitList.BYTES <= ACCOUNTS;
    }

    private AccountableLayout() {}

    static RegionSpec region(int permits, boolean fair) {
        return RegionSpec.of(LockKind.ACCOUNTABLE_SEMAPHORE.regionKind(), BODY_BYTES, (long) permits, fair ? 1L : 0L);
    }

    static long owner(int account) {
        return ACCOUNTS + account * ACCOUNT_BYTES;
    }

    static long serial(int account) {
        return owner(account) + 8;
    }

    static long booked(int account) {
        return owner(account) + 16;
    }

    /** Where the holder says what it holds after change {@code number}, before the change is made. */
    static long announced(int account, long number) {
        return owner(account) + 24 + (number & 1) * 8;
    }

    static long transfer(int account) {
        return owner(account) + 40;
    }

    static long since(int account) {
        return owner(account) + 48;
    }

    static long thread(int account) {
        return owner(account) + 56;
    }
}
