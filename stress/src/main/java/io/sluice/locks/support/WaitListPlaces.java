package io.sluice.locks.support;

/**
 * Where a list of waiters keeps what, for checks that put bugs in. In this package because the map is hidden.
 *
 * @param list offset of the list
 */
public record WaitListPlaces(long list) {

    /** Whether an offset is that of a place's ticket. */
    public boolean isTicket(long offset) {
        return isInPlace(offset) && (offset - list - WaitList.FIRST_PLACE) % WaitList.PLACE_BYTES == WaitList.TICKET;
    }

    /** Whether an offset is that of the word that says whose a place is. */
    public boolean isOwner(long offset) {
        return isInPlace(offset) && (offset - list - WaitList.FIRST_PLACE) % WaitList.PLACE_BYTES == 0;
    }

    private boolean isInPlace(long offset) {
        return offset >= list + WaitList.FIRST_PLACE && offset < list + WaitList.BYTES;
    }
}
