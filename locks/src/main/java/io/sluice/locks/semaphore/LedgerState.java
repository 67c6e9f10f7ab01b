package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;

/**
 * The word that decides everything about an accountable semaphore: how many permits are available, and which change of
 * whose account was the last.
 * <pre>
 *   bits 63-29  number of the change, 35 bits, wrapping
 *   bit  28     1: the account was closed; 0: its holder announced the change
 *   bits 27-20  account; {@link #NOBODY} with bit 28: the number was passed over, nothing changed
 *   bits 19-0   permits available
 * </pre>
 */
final class LedgerState {

    /** The account of a change that changes nothing but the number. */
    static final int NOBODY = AccountableSemaphore.MAX_HOLDERS;

    private static final int NUMBER_SHIFT = 29;
    private static final long NUMBER_MASK = (1L << 35) - 1;
    private static final long CLOSING = 1L << 28;
    private static final int ACCOUNT_SHIFT = 20;
    private static final int ACCOUNT_MASK = 0xff;
    private static final int AVAILABLE_MASK = (1 << 20) - 1;

    private LedgerState() {}

    /** Whether this code ever makes such a state of {@code total} permits. */
    static boolean isValid(long state, int total) {
        return available(state) <= total && (account(state) < NOBODY || (account(state) == NOBODY && isClosing(state)));
    }

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

    /** The state after {@code before}, by a change of nobody's. */
    static long skipped(long before) {
        return closed(before, NOBODY, available(before));
    }

    /** The state after {@code before}, by closing {@code account}. */
    static long closed(long before, int account, int available) {
        return changed(before, account, available) | CLOSING;
    }
}
