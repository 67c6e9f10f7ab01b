package io.sluice.locks.eventcount;

import io.sluice.api.region.RegionHeaderLayout;

/**
 * Memory map of an event count; offsets in bytes from the start of the region.
 * <pre>
 *      0  header        {@link RegionHeaderLayout}
 *  BODY   EVENTS  long  events so far               added to by whoever advances
 *     +8  WAKE    int   wake word of those who wait
 * </pre>
 *
 * <p>All zero is an event count without events.
 */
final class EventCountLayout {

    static final long EVENTS = RegionHeaderLayout.BODY;
    static final long WAKE = RegionHeaderLayout.BODY + 8;

    /** Bytes behind the region's header. */
    static final long BODY_BYTES = 16;

    private EventCountLayout() {}
}
