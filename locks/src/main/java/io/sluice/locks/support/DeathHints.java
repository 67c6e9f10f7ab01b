package io.sluice.locks.support;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WakeWord;
import java.util.HashMap;
import java.util.Map;

/**
 * Wakes those who sleep on a wake word soon after a process has died in whose way they are, instead of at the end of their
 * slice. Belongs to one waiting thread; holds nothing in shared memory.
 *
 * <p>It costs a sleeping daemon thread of this process per watched process, shared by all locks.
 */
public final class DeathHints implements AutoCloseable {

    private final RegionMemory memory;
    private final WakeWord wake;
    private final Map<Long, DeathNotice> notices = new HashMap<>();

    /** Hints for those who sleep on {@code wake}. */
    public DeathHints(RegionMemory memory, WakeWord wake) {
        this.memory = memory;
        this.wake = wake;
    }

    /** Watches a process, from now until {@link #close()}; nothing if it is this one. */
    public void watch(long token) {
        if (token != memory.selfToken() && !notices.containsKey(token)) {
            notices.put(token, memory.onDeath(token, this::hint));
        }
    }

    private void hint() {
        // A lock that is closed meanwhile has no sleepers.
        if (!memory.isDetached()) {
            wake.wake();
        }
    }

    @Override
    public void close() {
        notices.values().forEach(DeathNotice::close);
    }
}
