package io.sluice.locks.semaphore;

/**
 * A word about one change: its number and how many permits, with an account where there is one.
 * <pre>
 *   bits 63-29  number of the change
 *   bits 27-20  account
 *   bits 19-0   permits
 * </pre>
 */
final class LedgerEntry {

    private static final int NUMBER_SHIFT = 29;
    private static final int ACCOUNT_SHIFT = 20;
    private static final int ACCOUNT_MASK = 0xff;
    private static final int PERMITS_MASK = (1 << 20) - 1;

    private LedgerEntry() {}

    static long of(long number, int permits) {
        return number << NUMBER_SHIFT | permits;
    }

    static long of(long number, int account, int permits) {
        return of(number, permits) | (long) account << ACCOUNT_SHIFT;
    }

    static long number(long entry) {
        return entry >>> NUMBER_SHIFT;
    }

    static int account(long entry) {
        return (int) (entry >>> ACCOUNT_SHIFT) & ACCOUNT_MASK;
    }

    static int permits(long entry) {
        return (int) entry & PERMITS_MASK;
    }
}
