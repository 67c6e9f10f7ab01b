package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;
import java.util.List;

/**
 * What a process does that comes to use a lock or a ring: it wakes those who sleep for long, so that they watch it, see
 * {@link DeathHints}. A death before that is one of somebody who has not done anything yet.
 *
 * <p>Internal to Sluice.
 */
public final class Newcomer {

    private Newcomer() {}

    /** Tells those who sleep on {@code words}, if they go by who uses {@code memory}. */
    public static void tell(RegionMemory memory, WakeWord... words) {
        tell(memory, List.of(words));
    }

    /** The same. */
    public static void tell(RegionMemory memory, List<WakeWord> words) {
        if (memory.forEachUser(token -> {})) {
            for (WakeWord word : words) {
                word.wakeInAnyCase();
            }
        }
    }
}
