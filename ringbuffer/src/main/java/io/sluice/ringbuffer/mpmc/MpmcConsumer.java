package io.sluice.ringbuffer.mpmc;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.lane.Pace;
import io.sluice.ringbuffer.lane.RecordReader;
import io.sluice.ringbuffer.role.ConsumerRole;
import io.sluice.ringbuffer.role.Holders;
import io.sluice.ringbuffer.role.Places;
import io.sluice.ringbuffer.role.Presence;
import io.sluice.ringbuffer.role.RoleHandle;
import io.sluice.ringbuffer.role.RoleLease;
import io.sluice.ringbuffer.role.Taking;
import io.sluice.ringbuffer.role.Vain;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Consumer of an MPMC ring: goes round the lanes, takes a range of what is there into its slot, and handles and
 * acknowledges it message by message. What others returned, or left behind when they died, goes first.
 *
 * <p>A lane that is damaged is named by a {@link CorruptRingException} once to each consumer, and passed over by it
 * from then on, see {@link LaneView}; the other lanes go on. At the end of the stream it is named again instead of an
 * end.
 *
 * <p>{@code poll} and {@code peek}: lock-free but for the handler, the wake of a sleeping producer, and the probes of
 * who is dead, which happen now and then.
 */
final class MpmcConsumer implements RingConsumer, RoleHandle, Taking.Source {

    /** So many polls in a row that find nothing are followed by a look at the clock, and by a probe if it is time. */
    private static final int EMPTY_POLLS_PER_CLOCK_READING = 16;

    /** So many ranges of a lane are taken before the next lane has its turn. */
    private static final int RANGES_PER_TURN = 1024;

    /** A consumer that waits, or that is at work, looks so often for what the dead have left behind. */
    private static final long PROBE_NANOS = 10_000_000;

    private final RegionMemory memory;
    private final MpmcGeometry geometry;
    private final Slots slots;
    private final Lanes lanes;
    private final LaneView[] views;
    private final Presence producers;
    private final Holders consumers;
    private final OwnSlot own;
    private final ConsumerRole role;
    private final Taking taking;
    private final WakeWord data;
    private final Vain vain;

    private int cursor; // the lane that comes next
    private long returnsSeen; // RETURNED as of the last look that found nothing to adopt
    private boolean streaming; // the last poll handled a crowd and left nothing that it knew of
    private long lastProbe;
    private LaneView acknowledgedIn; // its producer has not been told yet

    /** Takes a consumer's role of the ring in {@code memory}. */
    MpmcConsumer(RegionMemory memory, MpmcGeometry geometry, WaitStrategy strategy) {
        this.memory = memory;
        this.geometry = geometry;
        this.slots = new Slots(memory, geometry);
        this.lanes = slots.lanes();
        this.views = new LaneView[lanes.count()];
        this.producers = new Holders(memory, geometry.producers(memory), lanes::used, MpmcLayout.JOINS);
        this.data = new WakeWord(memory, MpmcLayout.DATA);
        this.vain = new Vain(memory);
        this.taking = new Taking(memory, data, strategy, this);
        this.own = new OwnSlot(memory, slots);
        Places places = geometry.consumers(memory);
        this.consumers = new Holders(memory, places, geometry::maxConsumers, MpmcLayout.JOINS);
        // Behind our leaving: our last acknowledgement may have been the end that others wait for.
        RoleLease lease = places.lease(places.take());
        this.role = new ConsumerRole(memory, lease, own::leave, data::wake);
        try {
            // full fence; pairs with Holders.changes: who looks at the places one by one looks again.
            memory.getAndAddLong(MpmcLayout.JOINS, 1);
            slots.disownTheDead();
            own.join();
        } catch (RuntimeException e) {
            lease.leave();
            throw e;
        }
        this.returnsSeen = slots.returned() - 1;
        this.lastProbe = memory.nanoTime();
    }

    // ---- polling --------------------------------------------------------------------------------------------------

    @Override
    public int poll(MessageHandler handler, int limit) {
        role.checkUse(limit);
        own.checkOwner();
        // If the last poll handled something; others see to it in nothing(). Not behind a message: it may fail.
        if (vain.tries() == 0 && isTimeToProbe()) {
            probe();
        }
        role.beginHandling();
        int handled;
        try {
            handled = handle(handler, limit);
        } catch (Throwable e) {
            try {
                endPoll();
            } catch (RuntimeException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
        endPoll();
        if (handled == 0) {
            return nothing();
        }
        vain.reset();
        streaming = handled >= Pace.CROWD && handled < limit;
        return handled;
    }

    private int handle(MessageHandler handler, int limit) {
        int handled = own.holds() ? drain(handler, limit) : 0;
        while (handled < limit && goesOn() && adopt()) {
            handled += drain(handler, limit - handled);
        }
        if (streaming) {
            streaming = false;
            Pace.letTheProducersGetAhead();
        }
        // Behind the last message no look at anything: it may fail.
        int used = handled < limit ? lanes.used() : 0;
        for (int turn = 0; turn < used && handled < limit && goesOn(); turn++) {
            LaneView view = nextLane(used);
            if (view.look()) {
                // Not for as long as there is something: the other lanes have their turn, and so has what is returned.
                for (int range = 0; range < RANGES_PER_TURN && handled < limit && goesOn(); range++) {
                    if (!view.take(own, limit - handled)) {
                        break;
                    }
                    handled += drain(handler, limit - handled);
                }
            }
        }
        return handled;
    }

    private boolean goesOn() {
        return !role.isClosed();
    }

    private LaneView nextLane(int used) {
        int lane = cursor < used ? cursor : 0;
        cursor = lane + 1;
        return view(lane);
    }

    private LaneView view(int lane) {
        LaneView view = views[lane];
        if (view == null) {
            view = new LaneView(memory, geometry, slots, lane);
            views[lane] = view;
        }
        return view;
    }

    /** Looks for what was returned, if there is news of that; whether something is held now. */
    private boolean adopt() {
        long returns = slots.returned();
        if (returns == returnsSeen) {
            return false;
        }
        if (own.adopt()) {
            return true;
        }
        returnsSeen = returns;
        return false;
    }

    /** Handles up to {@code limit} messages of the range that is held. */
    private int drain(MessageHandler handler, int limit) {
        LaneView view = view(own.lane());
        RecordReader records = view.records();
        acknowledgedIn = view;
        int handled = 0;
        while (handled < limit && own.holds() && goesOn()) {
            long position = recordAt(records, own.current());
            long header = records.header(position);
            long end = endOf(records, position, header);
            if (records.isChecksummed()) {
                verify(records, position, header, end);
            }
            records.deliver(position, header, own.begin(), handler);
            own.acknowledge(end);
            handled++;
        }
        tellOfRoom();
        return handled;
    }

    /** The first record from {@code position} on that is no padding. */
    private long recordAt(RecordReader records, long position) {
        try {
            long at = position;
            while (records.isPadding(at, records.header(at), own.to())) {
                at = records.endOfPadding(at);
            }
            return at;
        } catch (CorruptRingException e) {
            own.leaveRange(Slots.SET_ASIDE);
            throw e;
        }
    }

    private long endOf(RecordReader records, long position, long header) {
        try {
            return records.endOf(position, header, own.to());
        } catch (CorruptRingException e) {
            own.leaveRange(Slots.SET_ASIDE);
            throw e;
        }
    }

    /** Checks a message's checksum; if it does not match, the message is skipped. */
    private void verify(RecordReader records, long position, long header, long end) {
        try {
            records.verify(position, header);
        } catch (ChecksumException e) {
            own.acknowledge(end);
            throw e;
        }
    }

    private void endPoll() {
        role.endHandling();
        tellOfRoom();
        role.releaseIfClosed();
    }

    private void tellOfRoom() {
        if (acknowledgedIn != null) {
            LaneView view = acknowledgedIn;
            acknowledgedIn = null;
            try {
                view.tellOfRoom();
            } catch (DetachedException e) {
                // Another thread closes the ring, and wakes everybody. What is acknowledged comes to nobody else.
                if (!own.isAcknowledged()) {
                    throw e;
                }
            }
        }
    }

    @Override
    public int peek(MessageHandler handler, int limit) {
        role.checkUse(limit);
        own.checkOwner();
        if (!own.holds() && !hold(limit)) {
            return nothing();
        }
        role.beginHandling();
        try {
            return show(handler, limit);
        } finally {
            role.endHandling();
            role.releaseIfClosed();
        }
    }

    /** Takes what a poll would handle first. */
    private boolean hold(int limit) {
        if (adopt()) {
            return true;
        }
        int used = lanes.used();
        for (int turn = 0; turn < used; turn++) {
            LaneView view = nextLane(used);
            if (view.look() && view.take(own, limit)) {
                return true;
            }
        }
        return false;
    }

    private int show(MessageHandler handler, int limit) {
        RecordReader records = view(own.lane()).records();
        int shown = 0;
        int delivery = own.nextDelivery();
        long position = own.current();
        while (shown < limit && position != own.to() && goesOn()) {
            position = recordAt(records, position);
            long header = records.header(position);
            long end = endOf(records, position, header);
            if (records.isChecksummed()) {
                records.verify(position, header);
            }
            records.deliver(position, header, delivery, handler);
            position = end;
            delivery = 1;
            shown++;
        }
        return shown;
    }

    @Override
    public void nack() {
        role.checkUse(1);
        own.checkOwner();
        if (own.holds()) {
            own.leaveRange(Slots.NOBODY);
        }
    }

    // ---- waiting --------------------------------------------------------------------------------------------------

    @Override
    public int take(MessageHandler handler, int limit) throws InterruptedException {
        return take(handler, limit, Duration.ofNanos(Long.MAX_VALUE));
    }

    @Override
    public int take(MessageHandler handler, int limit, Duration timeout) throws InterruptedException {
        return taking.take(handler, limit, timeout);
    }

    @Override
    public boolean isReadable() {
        return own.holds()
                || slots.returned() != returnsSeen
                || isAnythingUntaken()
                || (producers.glance() == PeerState.CLOSED && isFinished());
    }

    @Override
    public boolean isAbandoned(boolean afterDeath) {
        // Wake-ups that others were faster for are no reason to ask again and again.
        if (!isTimeToProbe() && !afterDeath) {
            return false;
        }
        probe();
        return end(producers.state()) == PEER_DEAD;
    }

    @Override
    public void forEachPeer(LongConsumer token) {
        producers.forEachHolder(token);
        // What other consumers hold comes to us, be it of those who died in front of their place's end.
        consumers.forEachHolder(token);
        slots.forEachOwner(token);
    }

    @Override
    public long peerChanges() {
        return producers.changes();
    }

    /**
     * False once nobody is left who could send anything: what is waited for then is the last acknowledgement of another
     * consumer, who tells of it only when it comes again.
     */
    @Override
    public boolean isAllTold() {
        PeerState state = producers.state();
        return state == PeerState.LIVE || state == PeerState.ABSENT;
    }

    /** Why a poll found nothing. */
    private int nothing() {
        if (!goesOn()) {
            return EMPTY;
        }
        if (!(vain.note() && vain.pause()) && (vain.tries() % EMPTY_POLLS_PER_CLOCK_READING != 0 || !isTimeToProbe())) {
            return end(producers.glance());
        }
        probe();
        return end(producers.state());
    }

    /** What a poll that found nothing returns if the producers were seen in {@code state} before. */
    private int end(PeerState state) {
        boolean mayEnd = state == PeerState.CLOSED || state == PeerState.DEAD;
        if (!mayEnd || !isFinished()) {
            return EMPTY;
        }
        // Others may wait for our last acknowledgement, which made this so.
        data.wake();
        // Not everything was delivered, and never will be: no end of the stream to be taken for a good one.
        slots.checkNothingSetAside();
        for (LaneView view : views) {
            if (view != null) {
                view.checkWhole();
            }
        }
        return state == PeerState.CLOSED ? CLOSED : PEER_DEAD;
    }

    /**
     * Whether everything is acknowledged. What is committed is taken before it is acknowledged, so the lanes are looked
     * at first.
     */
    private boolean isFinished() {
        return !isAnythingUntaken() && !slots.isAnythingHeld();
    }

    /** Whether a lane that is not passed over has something that nobody has taken. */
    private boolean isAnythingUntaken() {
        int used = lanes.used();
        for (int lane = 0; lane < used; lane++) {
            LaneView view = views[lane];
            if (lanes.hasUntaken(lane) && (view == null || !view.isPassedOver())) {
                return true;
            }
        }
        return false;
    }

    private boolean isTimeToProbe() {
        long now = memory.nanoTime();
        if (now - lastProbe < PROBE_NANOS) {
            return false;
        }
        lastProbe = now;
        return true;
    }

    /** Looks who is dead, and whether anything lies about that nobody told of: who was to tell may have died. */
    private void probe() {
        slots.disownTheDead();
        if (slots.isAnythingReturned()) {
            returnsSeen = slots.returned() - 1;
        }
    }

    // ---- state and life -------------------------------------------------------------------------------------------

    @Override
    public PeerState producerState() {
        role.checkOpen();
        return producers.state();
    }

    @Override
    public long backlogBytes() {
        role.checkOpen();
        return lanes.untakenBytes() + slots.heldBytes();
    }

    @Override
    public void close() {
        taking.close();
        role.close();
    }

    @Override
    public void abandon(RegionMemory control) {
        taking.close();
        try {
            own.abandon(new Slots(control, geometry));
        } finally {
            role.abandon(control);
        }
    }

    @Override
    public boolean isReleased() {
        return role.isReleased();
    }
}
