package io.sluice.stress.storm.targets;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.spsc.SpscHandles;
import io.sluice.stress.storm.Dwell;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * SPSC ring: every process wants to be producer or consumer and takes the role of whoever dies. Messages carry the number
 * of their process and a number of their own, and bytes that say whether they are whole.
 */
public final class SpscTarget implements Target {

    static final int PRODUCES = 1; // from now on; a: number of the first message
    static final int CONSUMES = 2; // from now on
    static final int OFFERING = 3; // a: number of the last message
    static final int OFFERED = 4; // a: number of the last message
    static final int GOT = 5; // a: process, b: number
    static final int ACKNOWLEDGED = 6; // all that it got
    static final int LEAVING = 7; // the role that it has

    private static final long CAPACITY = 4096;
    private static final int LONGEST = 300;
    private static final int HEADER = 16;
    private static final int BURST = 8;

    /** For the storm. */
    public SpscTarget() {}

    @Override
    public String name() {
        return "spsc";
    }

    @Override
    public long bodyBytes() {
        return SpscHandles.memoryBytes(CAPACITY) - RegionHeaderLayout.BODY;
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        return new Role(memory, child, journal, random)::turn;
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        SpscAudit audit = new SpscAudit(evidence);
        RingConsumer rest = SpscHandles.consumer(memory, CAPACITY, WaitStrategy.spin());
        audit.begin(null);
        while (rest.poll(message -> audit.got(message.getLong(0), message.getLong(8)), BURST) > 0) {
            // Until everything that was committed has come.
        }
        audit.end();
    }

    /** What a process is at the moment. */
    private static final class Role {

        private final RegionMemory memory;
        private final int child;
        private final Journal journal;
        private final SplittableRandom random;
        private RingProducer producer;
        private RingConsumer consumer;
        private long next = 1;

        Role(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
            this.memory = memory;
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
                    producer = SpscHandles.producer(memory, CAPACITY, WaitStrategy.block());
                    journal.note(PRODUCES, next);
                } else {
                    consumer = SpscHandles.consumer(memory, CAPACITY, WaitStrategy.block());
                    journal.note(CONSUMES, 0);
                }
            } catch (RoleTakenException e) {
                Dwell.inside(random);
            }
        }

        private void produce() throws InterruptedException {
            int count = 1 + random.nextInt(BURST);
            for (int message = 0; message < count; message++) {
                if (!offer(random.nextInt(4))) {
                    break;
                }
            }
            if (random.nextInt(500) == 0) {
                journal.note(LEAVING, 0);
                producer.leave();
                producer = null;
            }
            Dwell.between(random);
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
            int handled = consumer.take(this::handle, 1 + random.nextInt(BURST), Duration.ofMillis(random.nextInt(5)));
            if (handled > 0) {
                journal.note(ACKNOWLEDGED, handled);
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

        private void handle(Message message) {
            long from = message.getLong(0);
            long number = message.getLong(8);
            for (int index = HEADER; index < message.length(); index++) {
                if (message.getByte(index) != (byte) number) {
                    throw new IllegalStateException("message " + number + " of process " + from + " is torn");
                }
            }
            journal.note(GOT, from, number);
        }
    }
}
