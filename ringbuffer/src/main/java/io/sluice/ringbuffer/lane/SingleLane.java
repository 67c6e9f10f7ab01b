package io.sluice.ringbuffer.lane;

import io.sluice.api.ring.MessageHandler;

/** The messages of one lane. */
public final class SingleLane implements Delivery {

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
            Pace.letTheProducersGetAhead();
        }
        return lane.look();
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
