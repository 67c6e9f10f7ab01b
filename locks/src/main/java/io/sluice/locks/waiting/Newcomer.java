package io.sluice.locks.waiting;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WakeWord;

/**
 * What a process does that comes to use a lock: it wakes those who sleep for long, so that they watch it, see
 * {@link DeathHints}. A death before that is one of somebody who has not done anything yet.
 */
public final class Newcomer {

    private Newcomer() {}

    /** Tells those who sleep on {@code words}, if they go by who uses {@code memory}. */
    public static void tell(RegionMemory memory, WakeWord... words) {
        if (memory.forEachUser(token -> {})) {
            for (WakeWord word : words) {
                word.wakeInAnyCase();
            }
        }
    }
}
