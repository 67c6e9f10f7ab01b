package io.sluice.ringbuffer.worker;

import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/** The ring that takes what could not be handled, shared by the threads of a worker. */
final class DeadLetters implements AutoCloseable {

    private static final Duration SLICE = Duration.ofMillis(20);
    private static final long PAUSE_NANOS = 1_000_000;

    private final Ring ring;
    private final RingProducer producer;
    private final ReentrantLock lock = new ReentrantLock(); // around every use of the producer

    /** Joins the ring as its producer. */
    DeadLetters(RingSpec spec, Ring source) {
        ring = spec.capacity() == 0 ? Rings.open(spec) : Rings.openOrCreate(spec);
        try {
            if (ring.maxMessageLength() < source.maxMessageLength()) {
                throw new IllegalArgumentException(spec.address() + ": takes messages of " + ring.maxMessageLength()
                        + " bytes, but dead letters may have " + source.maxMessageLength());
            }
            producer = ring.producer();
        } catch (RuntimeException e) {
            ring.close();
            throw e;
        }
    }

    /**
     * Copies a message and commits the copy; waits for room, also where nobody is there who makes
     * any, until interrupted.
     *
     * @param onFull told of each wait for room
     */
    void put(Message message, Runnable onFull) throws InterruptedException {
        byte[] bytes = message.toByteArray();
        lock.lockInterruptibly();
        try {
            OfferResult result = producer.offer(message.typeId(), bytes, 0, bytes.length);
            while (result != OfferResult.ACCEPTED) {
                onFull.run();
                result = producer.put(message.typeId(), bytes, 0, bytes.length, SLICE);
                if (result == OfferResult.PEER_DEAD) {
                    LockSupport.parkNanos(PAUSE_NANOS);
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Leaves the ring without ending its stream. */
    @Override
    public void close() {
        ring.close();
    }
}
