package io.sluice.locks.semaphore;

/**
 * The word that decides everything about an accountable semaphore: how many permits are available, and which change of
 * whose account was the last.
 * <pre>
 *   bits 63-29  number of the change, 35 bits, wrapping
 *   bit  28     1: the account was closed; 0: its holder announced the change
 *   bits 27-20  account
 *   bits 19-0   permits available
 * </pre>
 */
final class LedgerState {

    private static final int NUMBER_SHIFT = 29;
    private static final long NUMBER_MASK = (1L << 35) - 1;
    private static final long CLOSING = 1L << 28;
    private static final int ACCOUNT_SHIFT = 20;
    private static final int ACCOUNT_MASK = 0xff;
    private static final int AVAILABLE_MASK = (1 << 20) - 1;

    private LedgerState() {}

    static int available(long state) {
        return (int) state & AVAILABLE_MASK;
    }

    static int account(long state) {
        return (int) (state >>> ACCOUNT_SHIFT) & ACCOUNT_MASK;
    }

    static boolean isClosing(long state) {
        return (state & CLOSING) != 0;
    }

    static long number(long state) {
        return state >>> NUMBER_SHIFT;
    }

    /** Number of the change after {@code state}. */
    static long nextNumber(long state) {
        return (number(state) + 1) & NUMBER_MASK;
    }

    /** The state after {@code before}, by an announced change of {@code account}. */
    static long changed(long before, int account, int available) {
        return nextNumber(before) << NUMBER_SHIFT | (long) account << ACCOUNT_SHIFT | available;
    }

    /** The state after {@code before}, by closing {@code account}. */
    static long closed(long before, int account, int available) {
        return changed(before, account, available) | CLOSING;
    }
}
