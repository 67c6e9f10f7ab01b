package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.lane.Lane;
import io.sluice.ringbuffer.lane.LaneReader;
import io.sluice.ringbuffer.role.ConsumerRole;
import io.sluice.ringbuffer.role.RoleHandle;
import io.sluice.ringbuffer.role.RoleLease;
import io.sluice.ringbuffer.role.Taking;
import java.time.Duration;

/**
 * Consumer of an SPSC ring: reads its one lane, and says why there is nothing to read.
 *
 * <p>{@code poll} and {@code peek}: wait-free but for the handler and the wake of a sleeping producer.
 */
final class SpscConsumer implements RingConsumer, RoleHandle, Taking.Source {

    /** So many empty polls in a row are followed by one probe of the producer's life, a system call. */
    private static final int EMPTY_POLLS_PER_PROBE = 4096;

    /** Spin hints between draining a stream and looking at TAIL again: half as many carry 90 % of what these do. */
    private static final int TURNS_BEHIND_A_STREAM = 128;

    private final RoleLease producer;
    private final ConsumerRole role;
    private final LaneReader lane;
    private final Taking taking;

    private int emptyPolls;
    private boolean streaming; // the last poll found messages, and not one at a time

    /** Takes the consumer's role of the ring in {@code memory}. */
    SpscConsumer(RegionMemory memory, long capacity, boolean checksummed, WaitStrategy strategy) {
        Lane only = SpscLayout.lane(memory, capacity, checksummed);
        this.producer = SpscLayout.producer(memory);
        this.taking = new Taking(memory, new WakeWord(memory, SpscLayout.DATA), strategy, this);
        RoleLease lease = SpscLayout.consumer(memory);
        this.role = new ConsumerRole(memory, lease);
        lease.take();
        try {
            this.lane = new LaneReader(only, role);
        } catch (CorruptRingException e) {
            lease.leave();
            throw e;
        }
    }

    // ---- polling --------------------------------------------------------------------------------------------------

    @Override
    public int poll(MessageHandler handler, int limit) {
        role.checkUse(limit);
        if (lane.isDrained()) {
            if (streaming) {
                letTheProducerGetAhead();
            }
            if (!lane.look()) {
                return nothing();
            }
        }
        role.checkLease();
        emptyPolls = 0;
        role.beginHandling();
        int handled;
        try {
            handled = lane.drain(handler, limit);
            streaming = !lane.getsSingles();
        } catch (Throwable e) {
            try {
                endPoll();
            } catch (RuntimeException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
        endPoll();
        return handled;
    }

    /**
     * Leaves the lines of TAIL and of the newest records to the producer for a moment. A consumer that has just drained a
     * stream and looks again at once takes them away after every few messages, and both sides then wait for lines most of
     * the time. This costs about 2 microseconds, once per drained batch, and nothing when messages come one at a time.
     */
    private void letTheProducerGetAhead() {
        streaming = false;
        for (int turn = 0; turn < TURNS_BEHIND_A_STREAM; turn++) {
            Thread.onSpinWait();
        }
    }

    /** Acknowledges what was handled, and leaves the role if a handler closed this consumer. */
    private void endPoll() {
        role.endHandling();
        lane.acknowledgeHandled();
        role.releaseIfClosed();
    }

    @Override
    public int peek(MessageHandler handler, int limit) {
        role.checkUse(limit);
        if (!lane.look()) {
            return nothing();
        }
        role.checkLease();
        role.beginHandling();
        try {
            return lane.show(handler, limit);
        } finally {
            role.endHandling();
            role.releaseIfClosed();
        }
    }

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
        return lane.look() || producer.isClosed();
    }

    @Override
    public boolean isAbandoned() {
        return producer.state() == PeerState.DEAD && !lane.look();
    }

    /** Why a poll found nothing. */
    private int nothing() {
        // Closed or dead first, then the tail once more: what was committed before that is delivered first.
        if (producer.isClosed()) {
            return lane.look() ? EMPTY : CLOSED;
        }
        if (++emptyPolls >= EMPTY_POLLS_PER_PROBE) {
            emptyPolls = 0;
            return isAbandoned() ? PEER_DEAD : EMPTY;
        }
        return EMPTY;
    }

    // ---- state and life -------------------------------------------------------------------------------------------

    @Override
    public PeerState producerState() {
        role.checkOpen();
        return producer.state();
    }

    @Override
    public long backlogBytes() {
        role.checkOpen();
        return lane.backlogBytes();
    }

    @Override
    public void close() {
        role.close();
    }

    @Override
    public void abandon(RegionMemory control) {
        role.abandon(control);
    }

    @Override
    public boolean isReleased() {
        return role.isReleased();
    }
}
