package io.sluice.ringbuffer.lane;

/** How consumers and producers of streams keep out of each other's way. */
public final class Pace {

    /** So many messages at once are a stream. */
    public static final int CROWD = 4;

    /** Spin hints between draining a stream and looking at TAIL again: half as many carry 90 % of what these do. */
    private static final int TURNS_BEHIND_A_STREAM = 128;

    private Pace() {}

    /**
     * Leaves the lines of TAIL and of the newest records to the producers for a moment. A consumer that has just
     * drained a stream and looks again at once takes them away after every few messages, and both sides then wait for
     * lines most of the time. This costs about 2 microseconds, once per drained batch, and nothing when messages come
     * one at a time.
     */
    public static void letTheProducersGetAhead() {
        spin();
    }

    /**
     * The same for a producer that finds no room again and again, where consumers say with each message how far they
     * are: its looks would take that line away from them after every message, and it would get room for one message
     * at a time.
     */
    public static void letTheConsumersGetAhead() {
        spin();
    }

    private static void spin() {
        for (int turn = 0; turn < TURNS_BEHIND_A_STREAM; turn++) {
            Thread.onSpinWait();
        }
    }
}
