package io.sluice.locks.semaphore;

/**
 * Where an accountable semaphore keeps what, for checks that put bugs in or name places. In this package because the
 * map is hidden.
 */
public final class AccountablePlaces {

    private AccountablePlaces() {}

    /** Offset of the word that decides. */
    public static final long STATE = AccountableLayout.STATE;

    /** Offset of the word that says which change is booked. */
    public static final long SETTLED = AccountableLayout.SETTLED;

    /** Number of the change that made a state. */
    public static long number(long state) {
        return LedgerState.number(state);
    }

    /** Offset of the word that says what the holder of an account has, as far as booked. */
    public static long booked(int account) {
        return AccountableLayout.booked(account);
    }

    /** Whether an offset is that of such a word. */
    public static boolean isBooked(long offset) {
        long bytes = booked(1) - booked(0);
        return offset >= booked(0) && (offset - booked(0)) % bytes == 0;
    }
}
