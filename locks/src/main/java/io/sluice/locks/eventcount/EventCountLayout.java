package io.sluice.locks.eventcount;

import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.locks.support.WaitList;

/**
 * Memory map of an event count; offsets in bytes from the start of the region.
 * <pre>
 *      0  header        {@link RegionHeaderLayout}
 *  BODY   EVENTS  long  events so far               added to by whoever advances
 *     +8  WAKE    int   wake word of those who wait
 *   +128  WAITERS       {@link WaitList}, for people
 * </pre>
 *
 * <p>All zero is an event count without events.
 */
final class EventCountLayout {

    static final long EVENTS = RegionHeaderLayout.BODY;
    static final long WAKE = RegionHeaderLayout.BODY + 8;
    static final long WAITERS = RegionHeaderLayout.BODY + 128;

    /** Bytes behind the region's header. */
    static final long BODY_BYTES = 128 + WaitList.BYTES;

    private EventCountLayout() {}
}
