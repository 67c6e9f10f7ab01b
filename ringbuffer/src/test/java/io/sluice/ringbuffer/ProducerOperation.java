package io.sluice.ringbuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingProducer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import net.openhft.chronicle.bytes.BytesStore;

/**
 * What a producer of any ring may be doing when it is killed: every way to commit messages, to give them up, and to go.
 */
public final class ProducerOperation {

    private static final Duration LONG = Duration.ofHours(1);

    /** A number of no message that is ever committed. */
    private static final int ABORTED = 50;

    private static final Set<String> FEW = Set.of(
            "three offers",
            "claim and commit",
            "claim and abort, then offer",
            "stage and flush",
            "stage, then leave",
            "leave",
            "close");

    private interface Action {
        void run(RingProducer producer, Run run) throws InterruptedException;
    }

    private final String name;
    private final Action action;

    private ProducerOperation(String name, Action action) {
        this.name = name;
        this.action = action;
    }

    /** What a ring with room for three messages lets end at once. */
    public static List<ProducerOperation> all() {
        return List.of(
                new ProducerOperation("offer array", (producer, run) -> run.offer(producer)),
                new ProducerOperation("offer heap store", (producer, run) -> {
                    run.begin(1);
                    accept(producer.offer(0, BytesStore.wrap(run.content(0)), 0, run.length()));
                    run.done();
                }),
                new ProducerOperation("offer native store", (producer, run) -> {
                    BytesStore<?, ?> store = BytesStore.nativeStoreWithFixedCapacity(run.length());
                    try {
                        store.write(0, run.content(0));
                        run.begin(1);
                        accept(producer.offer(0, store, 0, run.length()));
                        run.done();
                    } finally {
                        store.releaseLast();
                    }
                }),
                new ProducerOperation("three offers", (producer, run) -> {
                    run.offer(producer);
                    run.offer(producer);
                    run.offer(producer);
                }),
                new ProducerOperation("claim and commit", (producer, run) -> {
                    run.begin(1);
                    commit(producer.claim(0, run.length()), run);
                    run.done();
                }),
                new ProducerOperation("claim more and commit, then offer", (producer, run) -> {
                    run.begin(1);
                    commit(producer.claim(0, run.length() + 40), run);
                    run.done();
                    run.offer(producer);
                }),
                new ProducerOperation("claim and abort, then offer", (producer, run) -> {
                    try (Claim claim = producer.claim(0, Math.min(5 * run.length(), producer.maxMessageLength()))) {
                        claim.setBytes(0, run.content(ABORTED), 0, run.length());
                    }
                    run.offer(producer);
                }),
                new ProducerOperation("stage and flush", (producer, run) -> {
                    run.begin(3);
                    run.stage(producer, 3);
                    producer.flush();
                    run.done();
                }),
                new ProducerOperation("stage, then offer", (producer, run) -> {
                    run.begin(2);
                    run.stage(producer, 1);
                    accept(producer.offer(run.content(1)));
                    run.done();
                }),
                new ProducerOperation("stage, then claim and commit", (producer, run) -> {
                    run.begin(2);
                    run.stage(producer, 1);
                    Claim claim = producer.claim(0, run.length());
                    claim.setBytes(0, run.content(1), 0, run.length());
                    claim.commit();
                    run.done();
                }),
                new ProducerOperation("stage, then leave", (producer, run) -> {
                    run.begin(1);
                    run.stage(producer, 1);
                    producer.leave();
                    run.done();
                }),
                new ProducerOperation("stage, then close", (producer, run) -> {
                    run.begin(1);
                    run.stage(producer, 1);
                    producer.close();
                    run.done();
                }),
                new ProducerOperation("offer, then close", (producer, run) -> {
                    run.offer(producer);
                    producer.close();
                }),
                new ProducerOperation("look for consumers, then offer", (producer, run) -> {
                    producer.consumerState();
                    producer.backlogBytes();
                    run.offer(producer);
                }),
                new ProducerOperation("leave", (producer, run) -> producer.leave()),
                new ProducerOperation("close", (producer, run) -> producer.close()));
    }

    /** One of each kind, for tests that go through each of two deaths with each of the other's. */
    public static List<ProducerOperation> few() {
        return all().stream().filter(operation -> FEW.contains(operation.name)).toList();
    }

    /** What waits in a ring without room for another message, and ends when there is. */
    public static List<ProducerOperation> waiting() {
        return List.of(
                new ProducerOperation("put array", (producer, run) -> run.put(producer)),
                new ProducerOperation("put heap store", (producer, run) -> {
                    run.begin(1);
                    accept(producer.put(0, BytesStore.wrap(run.content(0)), 0, run.length(), LONG));
                    run.done();
                }),
                new ProducerOperation("await a claim", (producer, run) -> {
                    run.begin(1);
                    commit(producer.awaitClaim(0, run.length(), LONG), run);
                    run.done();
                }),
                new ProducerOperation("offer in vain, then put and leave", (producer, run) -> {
                    assertEquals(OfferResult.FULL, producer.offer(run.content(0)));
                    run.put(producer);
                    producer.leave();
                }));
    }

    /** Offers until the ring is full. */
    public static ProducerOperation offerUntilFull() {
        return new ProducerOperation("offer until full", (producer, run) -> {
            run.begin(1);
            while (producer.offer(run.content(0)) == OfferResult.ACCEPTED) {
                run.done();
                run.begin(1);
            }
            run.begin(0);
        });
    }

    private static void accept(OfferResult result) {
        assertEquals(OfferResult.ACCEPTED, result);
    }

    private static void commit(Claim claim, Run run) {
        claim.setBytes(0, run.content(0), 0, run.length());
        claim.commit(run.length());
    }

    /**
     * One run of it.
     *
     * @param content bytes of the victim's messages, which are numbered from 0, all of one length
     */
    public Run prepare(IntFunction<byte[]> content) {
        return new Run(this, content);
    }

    @Override
    public String toString() {
        return name;
    }

    /** How far an operation has come: which messages its producer knows to be committed, and which may be. */
    public static final class Run {

        private final ProducerOperation operation;
        private final IntFunction<byte[]> content;
        private int certain;
        private int possible;

        private Run(ProducerOperation operation, IntFunction<byte[]> content) {
            this.operation = operation;
            this.content = content;
        }

        /** Does it all. */
        public void go(RingProducer producer) {
            try {
                operation.action.run(producer, this);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }

        /** So many messages are committed; or as many as are {@link #possible}, if it ended in a publication. */
        public int certain() {
            return certain;
        }

        /** So many messages are committed if the publication under way has happened. All of it does, or nothing. */
        public int possible() {
            return possible;
        }

        /** The next publication is of so many messages. */
        private void begin(int messages) {
            possible = certain + messages;
        }

        private void done() {
            certain = possible;
        }

        /** The message that comes so many behind those that are committed. */
        private byte[] content(int next) {
            return content.apply(certain + next);
        }

        private int length() {
            return content.apply(0).length;
        }

        private void offer(RingProducer producer) {
            begin(1);
            accept(producer.offer(content(0)));
            done();
        }

        private void put(RingProducer producer) throws InterruptedException {
            begin(1);
            accept(producer.put(0, content(0), 0, length(), LONG));
            done();
        }

        private void stage(RingProducer producer, int messages) {
            for (int next = 0; next < messages; next++) {
                accept(producer.stage(0, content(next), 0, length()));
            }
        }
    }
}
