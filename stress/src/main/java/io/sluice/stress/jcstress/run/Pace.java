package io.sluice.stress.jcstress.run;

import java.time.Duration;

/**
 * How long each JVM's iterations may be for all to end within a budget, given how long those that have run took on top
 * of theirs. Confined to one thread.
 */
final class Pace {

    /** Shorter than this, actors hardly meet. */
    private static final long SHORTEST_MILLIS = 50;

    private static final double FIRST_GUESS_OF_START_MILLIS = 1000;
    private static final double WEIGHT_OF_NEWEST = 0.3;

    private final Duration usual;
    private final int iterations;
    private final long budgetMillis;
    private double startMillis = FIRST_GUESS_OF_START_MILLIS;

    /**
     * For a mode.
     *
     * @param usual time of an iteration if there is enough of it
     * @param iterations how many a JVM makes
     * @param budget for all of them; null: as long as it takes
     */
    Pace(Duration usual, int iterations, Duration budget) {
        this.usual = usual;
        this.iterations = iterations;
        this.budgetMillis = budget == null ? Long.MAX_VALUE : budget.toMillis();
    }

    /** Time of an iteration of the next JVM, {@code spent} after the beginning, when {@code left} JVMs are left. */
    Duration iteration(Duration spent, double left) {
        if (budgetMillis == Long.MAX_VALUE) {
            return usual;
        }
        double each = (budgetMillis - spent.toMillis()) / Math.max(1, left) - startMillis;
        long millis = Math.round(each / iterations);
        return Duration.ofMillis(Math.max(SHORTEST_MILLIS, Math.min(usual.toMillis(), millis)));
    }

    /** {@code count} JVMs with iterations of {@code iteration} took so long together, one after the other. */
    void took(Duration time, int count, Duration iteration) {
        double start = (double) time.toMillis() / count - iterations * iteration.toMillis();
        startMillis += WEIGHT_OF_NEWEST * (Math.max(0, start) - startMillis);
    }
}
