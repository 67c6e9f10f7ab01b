package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.role.ConsumerRole;
import io.sluice.ringbuffer.role.Presence;
import io.sluice.ringbuffer.role.RoleHandle;
import io.sluice.ringbuffer.role.Taking;
import io.sluice.ringbuffer.role.Vain;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Consumer of lanes: handles what its {@link Delivery} brings, acknowledges behind the handlers, and says why there is
 * nothing.
 *
 * <p>{@code poll} and {@code peek}: wait-free but for the handler and the wake of a sleeping producer.
 */
public final class LaneConsumer implements RingConsumer, RoleHandle, Taking.Source {

    private final ConsumerRole role;
    private final Presence producers;
    private final Delivery delivery;
    private final Taking taking;
    private final Vain vain;

    /**
     * A consumer.
     *
     * @param role already taken
     * @param producers who writes the lanes
     * @param dataAt offset in the region of the wake word of the consumers
     */
    public LaneConsumer(
            RegionMemory memory,
            ConsumerRole role,
            Presence producers,
            Delivery delivery,
            long dataAt,
            WaitStrategy strategy) {
        this.role = role;
        this.producers = producers;
        this.delivery = delivery;
        this.vain = new Vain(memory);
        this.taking = new Taking(memory, new WakeWord(memory, dataAt), strategy, this);
    }

    // ---- polling --------------------------------------------------------------------------------------------------

    @Override
    public int poll(MessageHandler handler, int limit) {
        role.checkUse(limit);
        if (!delivery.hasNext()) {
            return nothing();
        }
        role.checkLease();
        vain.reset();
        role.beginHandling();
        int handled;
        try {
            handled = delivery.drain(handler, limit);
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

    /** Acknowledges what was handled, and leaves the role if a handler closed this consumer. */
    private void endPoll() {
        role.endHandling();
        delivery.acknowledge();
        role.releaseIfClosed();
    }

    @Override
    public int peek(MessageHandler handler, int limit) {
        role.checkUse(limit);
        if (!delivery.look()) {
            return nothing();
        }
        role.checkLease();
        role.beginHandling();
        try {
            return delivery.show(handler, limit);
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
        return delivery.look() || producers.glance() == PeerState.CLOSED;
    }

    @Override
    public boolean isAbandoned(boolean afterDeath) {
        return isAbandoned();
    }

    private boolean isAbandoned() {
        if (producers.state() != PeerState.DEAD || delivery.look()) {
            return false;
        }
        delivery.checkWhole();
        return true;
    }

    @Override
    public void forEachPeer(LongConsumer token) {
        producers.forEachHolder(token);
    }

    @Override
    public long peerChanges() {
        return producers.changes();
    }

    /** False once the dead are all who are left but the living who may leave: that the last of these did is told, and not seen. */
    @Override
    public boolean isAllTold() {
        return producers.state() != PeerState.DEAD;
    }

    /** Why a poll found nothing. */
    private int nothing() {
        // Closed or dead first, then the lanes once more: what was committed before that is delivered first.
        if (producers.glance() == PeerState.CLOSED) {
            if (delivery.look()) {
                return EMPTY;
            }
            // No end of the stream to be taken for a good one.
            delivery.checkWhole();
            return CLOSED;
        }
        return vain.note() ? nothingForLong() : EMPTY;
    }

    private int nothingForLong() {
        return vain.pause() && isAbandoned() ? PEER_DEAD : EMPTY;
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
        return delivery.backlogBytes();
    }

    @Override
    public long missedBytes() {
        return delivery.missedBytes();
    }

    @Override
    public void close() {
        taking.close();
        role.close();
    }

    @Override
    public void abandon(RegionMemory control) {
        taking.close();
        role.abandon(control);
    }

    @Override
    public boolean isReleased() {
        return role.isReleased();
    }
}
