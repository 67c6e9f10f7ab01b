package io.sluice.locks.semaphore;

import io.sluice.api.lock.LockKind;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionSpec;
import io.sluice.locks.support.WaitList;

/**
 * Memory map of a signalling semaphore; offsets in bytes from the start of the region.
 * <pre>
 *      0  header          {@link RegionHeaderLayout}
 *  BODY   COUNT     long  permits available, in the range of an int   CAS by everybody
 *   +128  WAKE      int   where sleepers are found                    written by sleepers and wakers
 *   +256  WAITERS         {@link WaitList}
 * </pre>
 */
final class SignallingLayout {

    static final long COUNT = RegionHeaderLayout.BODY;
    static final long WAKE = RegionHeaderLayout.BODY + 128;
    static final long WAITERS = RegionHeaderLayout.BODY + 256;

    /** Bytes behind the region's header. */
    static final long BODY_BYTES = 256 + WaitList.BYTES;

    /** Index of the initial number of permits in the region's geometry. */
    static final int GEOMETRY_INITIAL = 0;

    /** Index of the maximum in the region's geometry. */
    static final int GEOMETRY_MAXIMUM = 1;

    /** Index of the order, 1 for fair, in the region's geometry. */
    static final int GEOMETRY_FAIR = 2;

    private SignallingLayout() {}

    static RegionSpec region(int initial, int maximum, boolean fair) {
        return RegionSpec.of(
                LockKind.SIGNALLING_SEMAPHORE.regionKind(), BODY_BYTES, (long) initial, (long) maximum, fair ? 1L : 0L);
    }
}
