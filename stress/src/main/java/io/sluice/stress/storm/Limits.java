package io.sluice.stress.storm;

import java.util.concurrent.TimeUnit;

/**
 * How long a storm goes on: until so many are killed or so much time has passed, whichever comes first.
 *
 * @param kills at most
 * @param nanos at most
 */
record Limits(int kills, long nanos) {

    private static final int KILLS_UNLESS_TOLD = 1000;
    private static final int NO_LIMIT = Integer.MAX_VALUE;

    /** As the command line says: either may be missing, then the other one counts. */
    static Limits of(Integer kills, Long minutes) {
        int unlessTold = minutes == null ? KILLS_UNLESS_TOLD : NO_LIMIT;
        return new Limits(
                kills == null ? unlessTold : kills,
                minutes == null ? Long.MAX_VALUE : TimeUnit.MINUTES.toNanos(minutes));
    }

    boolean isReached(int killed, long passedNanos) {
        return killed >= kills || passedNanos >= nanos;
    }

    /** About how long it will be, at the rate so far; {@code killed} and {@code passedNanos} are above 0. */
    long nanosLeft(int killed, long passedNanos) {
        long forKills = (long) ((double) passedNanos / killed * (kills - killed));
        return Math.min(forKills, nanos - passedNanos);
    }

    /** So many kills, of how many if that is what ends it. */
    String describe(int killed) {
        return kills == NO_LIMIT
                ? String.format("%,d kills", killed)
                : String.format("%,d of %,d kills", killed, kills);
    }
}
