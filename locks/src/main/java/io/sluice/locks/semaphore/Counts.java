package io.sluice.locks.semaphore;

/** Checks numbers of permits that a caller asks for. */
final class Counts {

    private Counts() {}

    static void check(String name, int permits) {
        if (permits < 0) {
            throw new IllegalArgumentException(name + ": a negative number of permits: " + permits);
        }
    }

    /** Also refuses what would be waited for for ever. */
    static void checkWait(String name, int permits, int maximum) {
        check(name, permits);
        if (permits > maximum) {
            throw new IllegalArgumentException(
                    name + ": " + permits + " permits can never be there, the most are " + maximum);
        }
    }
}
