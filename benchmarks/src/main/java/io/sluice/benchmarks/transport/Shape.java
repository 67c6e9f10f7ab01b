package io.sluice.benchmarks.transport;

/**
 * How many send and how many receive, each a process of its own (a thread where a transport lives inside one JVM).
 *
 * @param producers who send
 * @param consumers who receive
 */
public record Shape(int producers, int consumers) {

    /** One sends, one receives. */
    public static final Shape PAIR = new Shape(1, 1);

    /** Most of either. */
    public static final int MOST = 16;

    /** Checks the numbers. */
    public Shape {
        if (producers < 1 || consumers < 1 || producers > MOST || consumers > MOST) {
            throw new IllegalArgumentException(
                    producers + ":" + consumers + ": expected 1 to " + MOST + " producers and consumers");
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static Shape parse(String text) {
        String[] parts = text.split(":", -1);
        if (parts.length != 2 || !text.matches("\\d{1,4}:\\d{1,4}")) {
            throw new IllegalArgumentException("\"" + text + "\" is not PRODUCERS:CONSUMERS, such as 2:1");
        }
        return new Shape(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
    }

    /** PRODUCERS:CONSUMERS. */
    @Override
    public String toString() {
        return producers + ":" + consumers;
    }
}
