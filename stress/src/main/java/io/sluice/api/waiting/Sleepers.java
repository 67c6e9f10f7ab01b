package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;

/**
 * What a sleeper does in front of its sleep, for checks of wake-ups that do not sleep. In this package because it is
 * hidden.
 */
public final class Sleepers {

    private Sleepers() {}

    /** Announces a sleeper on the word at {@code offset}; returns the word as it leaves it. */
    public static int announce(RegionMemory memory, long offset) {
        return new WakeWord(memory, offset).announce();
    }

    /**
     * Whether the word at {@code offset} says that somebody may sleep: that nobody woke since the last announcement.
     */
    public static boolean areAnnounced(RegionMemory memory, long offset) {
        return WakeWord.hasSleepers(memory, offset);
    }
}
