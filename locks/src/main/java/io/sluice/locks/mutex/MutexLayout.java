package io.sluice.locks.mutex;

import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.locks.support.WaitList;

/**
 * Memory map of a mutex; offsets in bytes from the start of the region.
 * <pre>
 *      0  header          {@link RegionHeaderLayout}
 *  BODY   WORD      long  owner and state, see {@link MutexWord}   CAS by everybody
 *     +8  FENCE     long  fencing tokens ever drawn                added to by owners
 *    +16  SINCE     long  milliseconds since 1970, for people      written by the owner
 *    +24  THREAD    long  id in the owner's process, for people    written by the owner
 *   +128  WAKE      int   where sleepers are found                 written by sleepers and wakers
 *   +256  WAITERS         {@link WaitList}, for people
 * </pre>
 *
 * <p>What only the owner writes shares the lines of WORD, which the owner has just made its own.
 *
 * <p>All zero is a free mutex.
 */
final class MutexLayout {

    static final long WORD = RegionHeaderLayout.BODY;
    static final long FENCE = RegionHeaderLayout.BODY + 8;
    static final long SINCE = RegionHeaderLayout.BODY + 16;
    static final long THREAD = RegionHeaderLayout.BODY + 24;
    static final long WAKE = RegionHeaderLayout.BODY + 128;
    static final long WAITERS = RegionHeaderLayout.BODY + 256;

    /** Bytes behind the region's header. */
    static final long BODY_BYTES = 256 + WaitList.BYTES;

    private MutexLayout() {}
}
