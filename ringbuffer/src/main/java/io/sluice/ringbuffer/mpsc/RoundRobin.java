package io.sluice.ringbuffer.mpsc;

import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.ringbuffer.lane.Delivery;
import io.sluice.ringbuffer.lane.LaneReader;
import io.sluice.ringbuffer.lane.Pace;
import io.sluice.ringbuffer.role.ConsumerRole;

/**
 * The messages of several lanes, those of each in their order: as many as there are from one lane, then from the next,
 * starting behind the one that was served last. A producer's messages wait for at most one batch of each other one's.
 */
final class RoundRobin implements Delivery {

    private final Lineup lanes;
    private final ConsumerRole role;
    private boolean streaming; // the last drain found messages, and not one at a time

    RoundRobin(Lineup lanes, ConsumerRole role) {
        this.lanes = lanes;
        this.role = role;
    }

    @Override
    public boolean hasNext() {
        lanes.refresh();
        for (int place = 0; place < lanes.size(); place++) {
            if (!lanes.lane(place).isDrained()) {
                return true;
            }
        }
        if (streaming) {
            streaming = false;
            Pace.letTheProducersGetAhead();
        }
        return look();
    }

    @Override
    public boolean look() {
        lanes.refresh();
        return lanes.look();
    }

    @Override
    public int drain(MessageHandler handler, int limit) {
        int handled = 0;
        int size = lanes.size();
        int place = lanes.first();
        for (int turn = 0; turn < size && handled < limit && !role.isClosed(); turn++) {
            LaneReader lane = lanes.lane(place);
            if (!lane.isDrained() || lanes.look(place)) {
                // Stays, if a handler throws: its message comes first next time.
                lanes.setFirst(place);
                handled += drain(place, handler, limit - handled);
                streaming = !lane.getsSingles();
            }
            place = place + 1 < size ? place + 1 : 0;
        }
        lanes.setFirst(place);
        return handled;
    }

    private int drain(int place, MessageHandler handler, int limit) {
        LaneReader lane = lanes.lane(place);
        try {
            int handled = lane.drain(handler, limit);
            lane.acknowledge();
            return handled;
        } catch (CorruptRingException e) {
            lanes.exclude(place, e);
            throw e;
        }
    }

    @Override
    public int show(MessageHandler handler, int limit) {
        int shown = 0;
        int size = lanes.size();
        int place = lanes.first();
        for (int turn = 0; turn < size && shown < limit && !role.isClosed(); turn++) {
            LaneReader lane = lanes.lane(place);
            if (shown == 0 && !lane.isDrained()) {
                // What is shown first comes first, even if a lane in front of this one gets a message until then.
                lanes.setFirst(place);
            }
            try {
                shown += lane.show(handler, limit - shown);
            } catch (CorruptRingException e) {
                lanes.exclude(place, e);
                throw e;
            }
            place = place + 1 < size ? place + 1 : 0;
        }
        return shown;
    }

    @Override
    public void checkWhole() {
        lanes.checkWhole();
    }

    @Override
    public void acknowledge() {
        lanes.acknowledge();
    }

    @Override
    public long backlogBytes() {
        return lanes.backlogBytes();
    }
}
