package io.sluice.ringbuffer.role;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.api.waiting.Watchers;
import java.time.Duration;
import java.util.function.LongConsumer;

/**
 * Makes a {@code take} out of a {@code poll}: waits, and hears of the death of those whom it waits for, see
 * {@link SlicedWait}. Confined to the consumer's thread, but for {@link #close}.
 */
public final class Taking implements AutoCloseable {

    /** What a consumer is asked while it waits. */
    public interface Source {

        /** See {@link RingConsumer#poll}. */
        int poll(MessageHandler handler, int limit);

        /** Whether a poll would find a message, or the close. A read without side effects on shared memory. */
        boolean isReadable();

        /**
         * Whether nobody lives who could send anything, somebody died, and nothing is left; costs system calls.
         *
         * @param afterDeath whether a death is known that the last answer may not have been about
         */
        boolean isAbandoned(boolean afterDeath);

        /** Names the processes whose death changes what a poll finds, some perhaps more than once or dead; perhaps 0. */
        void forEachPeer(LongConsumer token);

        /** See {@link SlicedWait.Obstacles#changes}. */
        long peerChanges();

        /**
         * Whether, as things are, whoever makes a poll find something wakes who sleeps, or else dies. If not, it is looked for
         * every few milliseconds; may cost system calls.
         */
        default boolean isAllTold() {
            return true;
        }
    }

    private final RegionMemory memory;
    private final Source source;
    private final SlicedWait wait;
    private final Watchers watchers;
    private final SlicedWait.Attempt attempt = this::attempt;
    private final SlicedWait.Obstacles peers;

    private MessageHandler handler; // of the take that is under way
    private int limit;
    private int result;

    /** A wait for {@code source}, whose producers wake the sleepers of {@code data}. */
    public Taking(RegionMemory memory, WakeWord data, WaitStrategy strategy, Source source) {
        this.memory = memory;
        this.source = source;
        this.wait = new SlicedWait(memory, strategy);
        this.watchers = new Watchers(memory, data, source::isReadable, source::isAllTold);
        this.peers = SlicedWait.Obstacles.of(source::forEachPeer, source::peerChanges);
    }

    /** See {@link RingConsumer#take(MessageHandler, int, Duration)}. */
    public int take(MessageHandler newHandler, int newLimit, Duration timeout) throws InterruptedException {
        int polled = source.poll(newHandler, newLimit);
        if (polled != RingConsumer.EMPTY) {
            return polled;
        }
        if (timeout.isNegative() || timeout.isZero()) {
            if (Thread.interrupted()) {
                throw new InterruptedException(memory.name() + ": interrupted before waiting");
            }
            return RingConsumer.EMPTY;
        }
        handler = newHandler;
        limit = newLimit;
        try {
            return wait.await(attempt, peers, watchers, Deadline.after(memory, timeout)) ? result : RingConsumer.EMPTY;
        } finally {
            handler = null;
        }
    }

    private boolean attempt(boolean probe) {
        if (source.isReadable()) {
            result = source.poll(handler, limit);
            if (result != RingConsumer.EMPTY) {
                return true;
            }
        }
        if (probe && source.isAbandoned(watchers.foundDeath())) {
            result = RingConsumer.PEER_DEAD;
            return true;
        }
        return false;
    }

    /** Watches nobody any more. Any thread. */
    @Override
    public void close() {
        watchers.close();
    }
}
