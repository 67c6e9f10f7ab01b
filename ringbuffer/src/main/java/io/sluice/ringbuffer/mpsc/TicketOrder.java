package io.sluice.ringbuffer.mpsc;

import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.ringbuffer.lane.Delivery;
import io.sluice.ringbuffer.lane.LaneReader;
import io.sluice.ringbuffer.lane.Pace;
import io.sluice.ringbuffer.role.ConsumerRole;

/**
 * The messages of several lanes in the order of their tickets, and so that none overtakes one that was committed before
 * its own commit began.
 *
 * <p>Producers draw a message's ticket when it is complete and publish it then. So tickets order whatever was committed
 * one after the other; but a message with a low ticket may be published after one with a higher ticket, or never.
 * Waiting for the gaps would make everybody wait for a paused producer. It is not necessary:
 *
 * <p>The consumer looks at every TAIL, and then at every TAIL again. What the first looks saw is <em>certain</em>. It
 * delivers, lowest ticket first, whatever the second looks saw, for as long as something certain is left.
 *
 * <p>Why no message x comes too late. Let m be delivered, and x committed before m's commit began. Some certain s was
 * left when m was delivered, so ticket(m) &lt;= ticket(s). Then, each step happening before the next: x was published;
 * m's ticket was drawn; s's ticket was drawn (or it is m itself); s was published; a first look saw s; the second
 * looks. So a second look saw x. And ticket(x) &lt; ticket(m), because x's was drawn before it was published. So x was
 * delivered before m.
 *
 * <p>A message that is not seen by the second looks was therefore committed before nothing that is delivered now: it
 * may come later, whatever its ticket. A ticket that nobody publishes belongs to a message that is not committed, and
 * is not missed.
 *
 * <p>The second looks of one round are the first looks of the next, as far as they saw something. A single lane needs
 * no second look.
 */
final class TicketOrder implements Delivery {

    private final Lineup lanes;
    private final ConsumerRole role;
    private final long[] tickets; // by place: of the next message, NO_TICKET if there is none
    private final Rewind rewind;
    private int certainLanes; // lanes where something certain is left
    private boolean streaming; // the last drain found messages

    TicketOrder(Lineup lanes, ConsumerRole role, int places) {
        this.lanes = lanes;
        this.role = role;
        this.tickets = new long[places];
        this.rewind = new Rewind(places);
    }

    // ---- looking --------------------------------------------------------------------------------------------------

    @Override
    public boolean hasNext() {
        lanes.dropDamaged();
        if (countCertain() > 0) {
            return true;
        }
        lanes.refresh();
        if (isDrained()) {
            if (streaming) {
                streaming = false;
                Pace.letTheProducersGetAhead();
            }
            if (!lanes.look()) {
                return false;
            }
        }
        lookAgain();
        return true;
    }

    @Override
    public boolean look() {
        lanes.dropDamaged();
        if (countCertain() > 0) {
            return true;
        }
        lanes.refresh();
        if (!lanes.look()) {
            return false;
        }
        lookAgain();
        return true;
    }

    /** The second looks, behind first looks of which at least one saw something. */
    private void lookAgain() {
        for (int place = 0; place < lanes.size(); place++) {
            lanes.lane(place).noteLook();
        }
        // JOINS as well: a lane that was not there for the first looks may have an earlier message.
        if (lanes.refresh() || lanes.size() > 1) {
            lanes.look();
        }
        // Behind the last look: if a damaged lane cuts the looks short, nothing is certain, and they begin again.
        for (int place = 0; place < lanes.size(); place++) {
            lanes.lane(place).makeCertain();
        }
    }

    private boolean isDrained() {
        for (int place = 0; place < lanes.size(); place++) {
            if (!lanes.lane(place).isDrained()) {
                return false;
            }
        }
        return true;
    }

    private int countCertain() {
        int count = 0;
        for (int place = 0; place < lanes.size(); place++) {
            if (lanes.lane(place).isCertain()) {
                count++;
            }
        }
        certainLanes = count;
        return count;
    }

    // ---- delivering -----------------------------------------------------------------------------------------------

    @Override
    public int drain(MessageHandler handler, int limit) {
        streaming = true;
        // Of a single lane, too, only what is certain may go: behind that, a lane that joined may have an earlier
        // message.
        return lanes.size() == 1 && lanes.lane(0).isAllCertain()
                ? drainOnly(handler, limit)
                : merge(handler, limit, false);
    }

    private int drainOnly(MessageHandler handler, int limit) {
        try {
            return lanes.lane(0).drain(handler, limit);
        } catch (CorruptRingException e) {
            lanes.exclude(0, e);
            throw e;
        }
    }

    /** Delivers, lowest ticket first, while something certain is left. */
    private int merge(MessageHandler handler, int limit, boolean showing) {
        int size = lanes.size();
        for (int place = 0; place < size; place++) {
            findTicket(place);
        }
        countCertain();
        int handled = 0;
        while (handled < limit && certainLanes > 0 && !role.isClosed()) {
            int first = 0;
            long second = LaneReader.NO_TICKET;
            for (int place = 1; place < size; place++) {
                if (tickets[place] < tickets[first]) {
                    second = tickets[first];
                    first = place;
                } else {
                    second = Math.min(second, tickets[place]);
                }
            }
            handled += run(first, second, handler, limit - handled, showing);
        }
        return handled;
    }

    /** Delivers from one lane as long as no other one has a lower ticket. */
    private int run(int place, long lowestOfOthers, MessageHandler handler, int limit, boolean showing) {
        LaneReader lane = lanes.lane(place);
        int handled = 0;
        do {
            boolean wasCertain = lane.isCertain();
            lane.deliverNext(handler);
            handled++;
            if (wasCertain && !lane.isCertain()) {
                certainLanes--;
            }
            // Before the acknowledgement: it may fail.
            findTicket(place);
            if (!showing) {
                lane.acknowledgeIfFar();
            }
        } while (handled < limit && certainLanes > 0 && tickets[place] <= lowestOfOthers && !role.isClosed());
        return handled;
    }

    private void findTicket(int place) {
        try {
            tickets[place] = lanes.lane(place).nextTicket();
        } catch (CorruptRingException e) {
            lanes.exclude(place, e);
            throw e;
        }
    }

    @Override
    public int show(MessageHandler handler, int limit) {
        // Where something certain was left nobody has looked: what was committed since then is to be shown, too.
        lanes.refresh();
        lanes.look();
        lookAgain();
        rewind.mark(lanes);
        try {
            return merge(handler, limit, true);
        } finally {
            rewind.goBack();
        }
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

    /** Where the lanes stood before messages were shown. */
    private static final class Rewind {

        private final LaneReader[] lanes;
        private final long[] positions;
        private final long[] lastTickets;
        private int count;

        Rewind(int places) {
            lanes = new LaneReader[places];
            positions = new long[places];
            lastTickets = new long[places];
        }

        void mark(Lineup lineup) {
            count = lineup.size();
            for (int place = 0; place < count; place++) {
                lanes[place] = lineup.lane(place);
                positions[place] = lanes[place].position();
                lastTickets[place] = lanes[place].lastTicket();
            }
        }

        void goBack() {
            for (int place = 0; place < count; place++) {
                lanes[place].rewind(positions[place], lastTickets[place]);
                lanes[place] = null;
            }
        }
    }
}
