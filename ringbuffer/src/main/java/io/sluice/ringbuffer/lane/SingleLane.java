package io.sluice.ringbuffer.lane;

import io.sluice.api.ring.MessageHandler;

/** The messages of one lane. */
public final class SingleLane implements Delivery {

    /** Spin hints between draining a stream and looking at TAIL again: half as many carry 90 % of what these do. */
    private static final int TURNS_BEHIND_A_STREAM = 128;

    private final LaneReader lane;
    private boolean streaming; // the last drain found messages, and not one at a time

    /** The messages of {@code lane}. */
    public SingleLane(LaneReader lane) {
        this.lane = lane;
    }

    @Override
    public boolean hasNext() {
        if (!lane.isDrained()) {
            return true;
        }
        if (streaming) {
            streaming = false;
            letTheProducerGetAhead();
        }
        return lane.look();
    }

    /**
     * Leaves the lines of TAIL and of the newest records to the producer for a moment. A consumer that has just drained a
     * stream and looks again at once takes them away after every few messages, and both sides then wait for lines most of
     * the time. This costs about 2 microseconds, once per drained batch, and nothing when messages come one at a time.
     */
    static void letTheProducerGetAhead() {
        for (int turn = 0; turn < TURNS_BEHIND_A_STREAM; turn++) {
            Thread.onSpinWait();
        }
    }

    @Override
    public boolean look() {
        return lane.look();
    }

    @Override
    public int drain(MessageHandler handler, int limit) {
        int handled = lane.drain(handler, limit);
        streaming = !lane.getsSingles();
        return handled;
    }

    @Override
    public int show(MessageHandler handler, int limit) {
        return lane.show(handler, limit);
    }

    @Override
    public void acknowledge() {
        lane.acknowledge();
    }

    @Override
    public long backlogBytes() {
        return lane.backlogBytes();
    }
}
