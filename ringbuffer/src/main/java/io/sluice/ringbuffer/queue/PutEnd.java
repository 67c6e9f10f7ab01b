package io.sluice.ringbuffer.queue;

import io.sluice.api.codec.Codec;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingProducer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The end of a queue where elements go in, for all threads of this process. */
final class PutEnd<E> {

    private final Ring ring;
    private final Codec<E> codec;
    private final PeerLoss peerLoss;
    private final SharedHandle<RingProducer> shared;
    private final Supplier<RingProducer> join;
    private final RecordSizes sizes; // guarded by the lock
    private boolean finished; // guarded by the lock

    PutEnd(Ring ring, QueueSpec<E> spec, SharedHandle<RingProducer> shared) {
        this.ring = ring;
        this.codec = spec.codec();
        this.peerLoss = spec.peerLoss();
        this.shared = shared;
        this.join = ring::producer;
        this.sizes = new RecordSizes(spec.ring());
    }

    /** Puts without waiting; false if there is no room. */
    boolean offer(E element) {
        int longest = codec.maxLength(element);
        shared.lock.lock();
        try {
            return tryPut(element, longest);
        } finally {
            shared.lock.unlock();
        }
    }

    /** Puts, waiting for room for so many nanoseconds; false if there was none. */
    boolean put(E element, long nanos) throws InterruptedException {
        int longest = codec.maxLength(element);
        shared.lock.lockInterruptibly();
        try {
            if (tryPut(element, longest)) {
                return true;
            }
        } finally {
            shared.lock.unlock();
        }
        long start = System.nanoTime();
        if (!shared.turn.tryLock(nanos, TimeUnit.NANOSECONDS)) {
            return false;
        }
        try {
            shared.lock.lockInterruptibly();
            try {
                return awaitRoom(element, longest, start, nanos);
            } finally {
                shared.lock.unlock();
            }
        } finally {
            shared.turn.unlock();
        }
    }

    private boolean tryPut(E element, int longest) {
        checkOpen();
        try (Claim claim = shared.get(join).claim(codec.typeId(), longest)) {
            return commit(claim, element);
        } catch (LeaseLostException e) {
            shared.forget();
            throw e;
        }
    }

    private boolean awaitRoom(E element, int longest, long start, long nanos) throws InterruptedException {
        while (true) {
            checkOpen();
            long left = nanos - (System.nanoTime() - start);
            RingProducer producer = shared.get(join);
            try (Claim claim = producer.awaitClaim(codec.typeId(), longest, Duration.ofNanos(Math.max(0, left)))) {
                if (commit(claim, element)) {
                    return true;
                }
                if (left <= 0) {
                    return false;
                }
                if (peerLoss == PeerLoss.REPORT && producer.consumerState() == PeerState.DEAD) {
                    throw new PeerDiedException(name(), "took from");
                }
            } catch (LeaseLostException e) {
                shared.forget();
                throw e;
            } catch (DetachedException e) {
                // While we waited, another thread may have finished the queue.
                checkOpen();
                throw e;
            }
        }
    }

    private boolean commit(Claim claim, E element) {
        if (claim == null) {
            return false;
        }
        shared.setBusy(true);
        int length;
        try {
            length = codec.encode(element, claim);
        } finally {
            shared.setBusy(false);
        }
        claim.commit(length);
        sizes.add(length);
        return true;
    }

    /** Ends the stream: whoever takes gets everything that was put, and is then told. */
    void finish() {
        shared.lock.lock();
        try {
            if (!finished) {
                shared.get(join).close();
                finished = true;
            }
        } catch (LeaseLostException e) {
            shared.forget();
            throw e;
        } finally {
            shared.lock.unlock();
        }
    }

    /** Bytes in the ring as this end sees them, or -1 if it has not joined. */
    long backlogBytes() {
        shared.lock.lock();
        try {
            return shared.isJoined() && !finished ? shared.get(join).backlogBytes() : -1;
        } finally {
            shared.lock.unlock();
        }
    }

    /** Bytes of the ring that an element takes on average; 0 if none was put. */
    double averageBytes() {
        shared.lock.lock();
        try {
            return sizes.average();
        } finally {
            shared.lock.unlock();
        }
    }

    private void checkOpen() {
        if (finished) {
            throw new QueueClosedException(name());
        }
    }

    private String name() {
        return ring.region().address().toString();
    }
}
