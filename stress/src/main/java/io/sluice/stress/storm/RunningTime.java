package io.sluice.stress.storm;

/**
 * Time during which this process ran, as far as it looks: a look after a long gap, in which it was stopped perhaps,
 * counts no more than {@code mostNanos}. For waits that are given up when nothing happens. Confined to one thread.
 */
public final class RunningTime {

    private final long mostNanos;
    private long lookedNanos = System.nanoTime();
    private long passedNanos;

    /** Begins with 0. */
    public RunningTime(long mostNanos) {
        this.mostNanos = mostNanos;
    }

    /** Nanoseconds that have passed up to this look. */
    public long nanos() {
        long now = System.nanoTime();
        passedNanos += Math.min(now - lookedNanos, mostNanos);
        lookedNanos = now;
        return passedNanos;
    }
}
