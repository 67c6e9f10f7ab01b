package io.sluice.stress.storm.targets;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.stress.storm.Dwell;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Journal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * What a process is at the moment in a ring: producer, consumer or neither. Messages carry the number of their process
 * and a number of their own, and bytes that say whether they are whole.
 */
final class RingRole {

    static final int PRODUCES = 1; // from now on; a: number of the first message
    static final int CONSUMES = 2; // from now on
    static final int OFFERING = 3; // a: number of the last message
    static final int OFFERED = 4; // a: number of the last message
    static final int GOT = 5; // a: process, b: number
    static final int ACKNOWLEDGED = 6; // all that it got
    static final int LEAVING = 7; // the role that it has
    static final int FAILED = 8; // the message that it got last, by a handler that threw
    static final int LAPPED = 9; // some were overwritten before it had read them

    private static final int LONGEST = 300;
    private static final int HEADER = 16;
    private static final int BURST = 8;
    private static final int COUNT_SHIFT = 32;

    private final Supplier<RingProducer> producers;
    private final Supplier<RingConsumer> consumers;
    private final int child;
    private final Journal journal;
    private final SplittableRandom random;
    private RingProducer producer;
    private RingConsumer consumer;
    private long next = 1;
    private boolean refusing;
    private int restingNanos;

    /** A process that joins with the handles that these make, or that throw {@link RoleTakenException}. */
    RingRole(
            Supplier<RingProducer> producers,
            Supplier<RingConsumer> consumers,
            int child,
            Journal journal,
            SplittableRandom random) {
        this.producers = producers;
        this.consumers = consumers;
        this.child = child;
        this.journal = journal;
        this.random = random;
    }

    void turn() throws InterruptedException {
        if (producer != null) {
            produce();
        } else if (consumer != null) {
            consume();
        } else {
            join();
        }
    }

    private void join() {
        try {
            if (random.nextBoolean()) {
                producer = producers.get();
                journal.note(PRODUCES, next);
            } else {
                consumer = consumers.get();
                journal.note(CONSUMES, 0);
            }
        } catch (RoleTakenException e) {
            Dwell.inside(random);
        }
    }

    private void produce() throws InterruptedException {
        int count = 1 + random.nextInt(BURST);
        boolean accepted = true;
        for (int message = 0; message < count && accepted; message++) {
            accepted = offer(random.nextInt(4));
        }
        // Sooner where nobody takes anything: perhaps everybody is a producer.
        if (random.nextInt(accepted ? 500 : 50) == 0) {
            journal.note(LEAVING, 0);
            producer.leave();
            producer = null;
        }
        Dwell.between(random);
        if (restingNanos > 0) {
            LockSupport.parkNanos(random.nextInt(restingNanos));
        }
    }

    private boolean offer(int how) throws InterruptedException {
        byte[] bytes = message(next);
        journal.note(OFFERING, next);
        boolean accepted =
                switch (how) {
                    case 0 -> producer.offer(0, bytes, 0, bytes.length) == OfferResult.ACCEPTED;
                    case 1 -> producer.put(0, bytes, 0, bytes.length, Duration.ofMillis(2)) == OfferResult.ACCEPTED;
                    case 2 -> claim(bytes);
                    default -> stage(bytes);
                };
        if (accepted) {
            journal.note(OFFERED, next);
            next++;
        }
        return accepted;
    }

    private boolean claim(byte[] bytes) {
        Claim claim = producer.claim(0, bytes.length);
        if (claim == null) {
            return false;
        }
        claim.setBytes(0, bytes, 0, bytes.length);
        if (random.nextInt(4) == 0) {
            claim.abort();
            return false;
        }
        claim.commit();
        return true;
    }

    private boolean stage(byte[] bytes) {
        if (producer.stage(0, bytes, 0, bytes.length) != OfferResult.ACCEPTED) {
            return false;
        }
        producer.flush();
        return true;
    }

    private byte[] message(long number) {
        byte[] bytes = new byte[HEADER + random.nextInt(LONGEST)];
        Arrays.fill(bytes, (byte) number);
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putLong(child).putLong(number);
        return bytes;
    }

    private void consume() throws InterruptedException {
        try {
            int handled = consumer.take(this::handle, 1 + random.nextInt(BURST), Duration.ofMillis(random.nextInt(5)));
            if (handled > 0) {
                journal.note(ACKNOWLEDGED, handled);
            } else if (handled == RingConsumer.LAPPED) {
                journal.note(LAPPED, consumer.missedBytes());
            }
        } catch (Refusal e) {
            journal.note(FAILED, 0);
            if (random.nextBoolean()) {
                consumer.nack();
            }
        }
        if (random.nextInt(500) == 0) {
            journal.note(LEAVING, 0);
            consumer.close();
            consumer = null;
        }
        if (random.nextInt(4) == 0) {
            Dwell.inside(random);
        }
    }

    /** Rests in between: where there may be several producers, so that the processors are left to others, too. */
    RingRole resting() {
        restingNanos = 20_000_000;
        return this;
    }

    /** Some handlers throw from now on, and leave what they got to others. */
    RingRole refusing() {
        refusing = true;
        return this;
    }

    private void handle(Message message) {
        long from = message.getLong(0);
        long number = message.getLong(8);
        for (int index = HEADER; index < message.length(); index++) {
            if (message.getByte(index) != (byte) number) {
                throw new IllegalStateException("message " + number + " of process " + from + " is torn");
            }
        }
        journal.note(GOT, from | (long) message.deliveryCount() << COUNT_SHIFT, number);
        if (refusing && random.nextInt(64) == 0) {
            throw new Refusal();
        }
    }

    private static final class Refusal extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Whether a process that noted this last was committing a message, or had yet to acknowledge one that it had got.
     */
    static boolean isInside(Entry last) {
        return last.event() == OFFERING || last.event() == GOT;
    }

    /** The process of a message that was got. */
    static int from(Entry got) {
        return (int) got.a();
    }

    /** Its delivery count. */
    static int count(Entry got) {
        return (int) (got.a() >>> COUNT_SHIFT);
    }
}
