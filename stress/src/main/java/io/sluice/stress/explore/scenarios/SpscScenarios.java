package io.sluice.stress.explore.scenarios;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.waiting.Strategies;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.spsc.SpscHandles;
import io.sluice.stress.explore.Actor;
import io.sluice.stress.explore.Scenario;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.List;

/**
 * The SPSC ring. Messages are numbers from 1 up, written twice into 16 bytes, so that a torn one shows. A ring of 64
 * bytes holds two of them, a third meets the bound; one of 256 bytes with messages of 128 bytes pads at its end.
 */
final class SpscScenarios {

    static final int SMALL = 64;
    static final int WRAPPING = 256;
    private static final int LONG_MESSAGE = 128;
    private static final long BEFORE_WRAP = 64;
    private static final long AT_WRAP = 200;
    static final int MESSAGE = 16;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private SpscScenarios() {}

    static List<Scenario> all() {
        return List.of(
                offerPoll(),
                full(),
                stage(),
                claim(),
                wrap(),
                close(),
                join(),
                killProducer(),
                killConsumer(),
                killConsumerHeir(),
                killClaimer(),
                killProducerInWrap(),
                killCloser(),
                killSuccessor(),
                take(),
                put(),
                takeFromKilled(),
                putToKilled(),
                killTaker());
    }

    static Scenario.Builder ring(String name, String description, long capacity) {
        return Scenario.named("spsc." + name, description)
                .memory(SpscHandles.memoryBytes(capacity))
                .place(SpscHandles.TAIL, "TAIL")
                .place(SpscHandles.HEAD, "HEAD")
                .place(SpscHandles.PRODUCER, "PRODUCER")
                .place(SpscHandles.CONSUMER, "CONSUMER")
                .place(SpscHandles.DATA, "DATA")
                .place(SpscHandles.SPACE, "SPACE")
                .place(SpscHandles.MAIL_OF, "MAIL_OF")
                .place(SpscHandles.MAIL_WANTED, "MAIL_WANTED");
    }

    /** A ring whose end is so near that long messages meet it. */
    private static Scenario.Builder wrappingRing(String name, String description, long position) {
        return ring(name, description, WRAPPING).setup(memory -> {
            memory.setLong(SpscHandles.TAIL, position);
            memory.setLong(SpscHandles.HEAD, position);
        });
    }

    // ---- while everybody lives ------------------------------------------------------------------------------------

    private static Scenario offerPoll() {
        return ring("offer-poll", "two offers, polled one by one", SMALL)
                .actor("producer", self -> offer(self, producer(self), 1, 2))
                .actor("consumer", self -> poll(self, consumer(self), 2, 1))
                .judgedBy(outcome -> SpscOracles.everythingOnce(outcome, 2));
    }

    private static Scenario full() {
        return ring("full", "four offers to a ring that holds two", SMALL)
                .actor("producer", self -> offer(self, producer(self), 1, 4))
                .actor("consumer", self -> poll(self, consumer(self), 4, 2))
                .judgedBy(outcome -> SpscOracles.everythingOnce(outcome, 4));
    }

    private static Scenario stage() {
        return ring("stage", "two messages staged and flushed together", SMALL)
                .actor("producer", self -> {
                    RingProducer producer = producer(self);
                    producer.stage(0, message(1), 0, MESSAGE);
                    producer.stage(0, message(2), 0, MESSAGE);
                    producer.flush();
                })
                .actor("consumer", self -> poll(self, consumer(self), 2, 2))
                .judgedBy(outcome -> SpscOracles.everythingOnce(outcome, 2));
    }

    private static Scenario claim() {
        return ring("claim", "a claim committed, one aborted, one committed", SMALL)
                .actor("producer", self -> {
                    RingProducer producer = producer(self);
                    claim(self, producer, 1);
                    try (Claim aborted = producer.claim(0, MESSAGE)) {
                        aborted.setLong(0, 99);
                    }
                    claim(self, producer, 2);
                })
                .actor("consumer", self -> poll(self, consumer(self), 2, 2))
                .judgedBy(outcome -> SpscOracles.everythingOnce(outcome, 2));
    }

    private static Scenario wrap() {
        return wrappingRing("wrap", "three long messages, of which one does not fit before the end", BEFORE_WRAP)
                .actor("producer", self -> offerLong(self, producer(self, WRAPPING), 1, 3))
                .actor("consumer", self -> poll(self, consumer(self, WRAPPING), 3, 2))
                .judgedBy(outcome -> SpscOracles.everythingOnce(outcome, 3));
    }

    private static Scenario close() {
        return ring("close", "a producer that offers and closes, a consumer that polls until it is told", SMALL)
                .actor("producer", self -> {
                    RingProducer producer = producer(self);
                    offer(self, producer, 1, 2);
                    producer.close();
                })
                .actor("consumer", self -> pollToTheEnd(self, consumer(self)))
                .judgedBy(outcome -> {
                    SpscOracles.everythingOnce(outcome, 2);
                    outcome.require(outcome.count("closed") == 1, "the consumer was not told that the ring is closed");
                });
    }

    private static Scenario join() {
        return ring("join", "two producers want the role at once", SMALL)
                .actor("left", self -> offerIfFree(self, 1))
                .actor("right", self -> offerIfFree(self, 2))
                .actorAfter("consumer", List.of("left", "right"), self -> poll(self, consumer(self), 1, 2))
                .judgedBy(outcome -> {
                    outcome.require(
                            outcome.count("offered") + outcome.count("refused") == 2, "somebody was lost on joining");
                    outcome.require(outcome.count("refused") == 1, "not exactly one producer was refused");
                    outcome.requireEqual(outcome.values("offered"), outcome.values("got"), "messages");
                });
    }

    // ---- deaths ---------------------------------------------------------------------------------------------------

    private static Scenario killProducer() {
        return ring("kill-producer", "the producer dies anywhere, its successor goes on, the consumer runs", SMALL)
                .mortal("producer", self -> offerAndLeave(self, 1, 2))
                .actorAfter("successor", List.of("producer"), self -> offerAndLeave(self, 100, 100))
                .actor("consumer", self -> pollUntil(self, consumer(self), 100))
                .judgedBy(SpscOracles::committedOnceThenSuccessor);
    }

    private static Scenario killClaimer() {
        return ring("kill-claimer", "a producer that claims and commits dies anywhere, its successor goes on", SMALL)
                .mortal("producer", self -> {
                    RingProducer producer = producer(self);
                    claim(self, producer, 1);
                    claim(self, producer, 2);
                    producer.leave();
                })
                .actorAfter("successor", List.of("producer"), self -> offerAndLeave(self, 100, 100))
                .actor("consumer", self -> pollUntil(self, consumer(self), 100))
                .judgedBy(SpscOracles::committedOnceThenSuccessor);
    }

    private static Scenario killProducerInWrap() {
        return wrappingRing("kill-wrap", "the producer dies anywhere while it wraps, its successor goes on", AT_WRAP)
                .mortal("producer", self -> {
                    RingProducer producer = producer(self, WRAPPING);
                    offerLong(self, producer, 1, 1);
                    producer.leave();
                })
                .actorAfter("successor", List.of("producer"), self -> {
                    offer(self, producer(self, WRAPPING), 100, 100);
                })
                .actor("consumer", self -> pollUntil(self, consumer(self, WRAPPING), 100))
                .judgedBy(SpscOracles::committedOnceThenSuccessor);
    }

    private static Scenario killConsumer() {
        return ring("kill-consumer", "the consumer dies anywhere, another one takes its place", SMALL)
                .actor("producer", self -> offer(self, producer(self), 1, 2))
                .mortal("consumer", self -> pollAndLeave(self, 1))
                .actorAfter("successor", List.of("consumer"), self -> pollUntil(self, consumer(self), 2))
                .judgedBy(SpscOracles::onlyUnacknowledgedAgain);
    }

    private static Scenario killConsumerHeir() {
        return ring("kill-consumer-heir", "the consumer dies anywhere, and so does the one in its place", WRAPPING)
                .kills(2)
                .actor("producer", self -> offer(self, producer(self, WRAPPING), 1, 3))
                .mortalAfter("consumer", List.of("producer"), self -> pollAndLeave(self, 1, consumer(self, WRAPPING)))
                .mortalAfter("heir", List.of("consumer"), self -> pollAndLeave(self, 1, consumer(self, WRAPPING)))
                .actorAfter("successor", List.of("heir"), self -> pollUntil(self, consumer(self, WRAPPING), 3))
                .judgedBy(outcome -> SpscOracles.onlyUnacknowledgedAgain(outcome, 3, "consumer", "heir", "successor"));
    }

    private static Scenario killCloser() {
        return ring("kill-closer", "a producer dies anywhere while it closes", SMALL)
                .mortal("producer", self -> {
                    RingProducer producer = producer(self);
                    offer(self, producer, 1, 1);
                    producer.close();
                    self.note("closed-it");
                })
                .actor("consumer", self -> takeToTheEnd(self, consumer(self)))
                .judgedBy(outcome -> {
                    SpscOracles.committedOnce(outcome, outcome.values("got"));
                    boolean told = outcome.count("closed") + outcome.count("dead") + outcome.count("absent") == 1;
                    outcome.require(told, "the consumer was not told how the producer ended");
                    outcome.require(
                            outcome.count("closed") == 1 || outcome.isKilled("producer"),
                            "a live producer closed the ring and is held for dead");
                    outcome.require(
                            outcome.count("closed-it") == 0 || outcome.count("closed") == 1,
                            "the closing of the ring was lost");
                });
    }

    private static Scenario killSuccessor() {
        return ring("kill-successor", "the producer dies anywhere and so does the one who takes its role over", SMALL)
                .kills(2)
                .mortal("producer", self -> offerAndLeave(self, 1, 1))
                .mortalAfter("heir", List.of("producer"), self -> offerAndLeave(self, 50, 50))
                .actorAfter("successor", List.of("heir"), self -> offerAndLeave(self, 100, 100))
                .actor("consumer", self -> pollUntil(self, consumer(self), 100))
                .judgedBy(SpscOracles::committedOnceThenSuccessor);
    }

    // ---- sleeping and waking --------------------------------------------------------------------------------------

    private static Scenario take() {
        return ring("take", "a consumer that sleeps when there is nothing", SMALL)
                .actor("producer", self -> offer(self, producer(self), 1, 2))
                .actor("consumer", self -> take(self, consumer(self), 2))
                .judgedBy(outcome -> SpscOracles.everythingOnce(outcome, 2));
    }

    private static Scenario put() {
        return ring("put", "a producer that sleeps when there is no room", SMALL)
                .actor("producer", self -> put(self, producer(self), 1, 4))
                .actor("consumer", self -> poll(self, consumer(self), 4, 2))
                .judgedBy(outcome -> SpscOracles.everythingOnce(outcome, 4));
    }

    private static Scenario takeFromKilled() {
        return ring("take-from-killed", "the producer dies anywhere while the consumer sleeps for it", SMALL)
                .mortal("producer", self -> {
                    RingProducer producer = producer(self);
                    offer(self, producer, 1, 2);
                    producer.close();
                })
                .actor("consumer", self -> takeToTheEnd(self, consumer(self)))
                .judgedBy(outcome -> {
                    SpscOracles.committedOnce(outcome, outcome.values("got"));
                    outcome.require(
                            outcome.count("closed") + outcome.count("dead") + outcome.count("absent") == 1,
                            "the consumer was not told how the producer ended");
                    outcome.require(
                            outcome.count("offers") == 0 || outcome.count("absent") == 0,
                            "the consumer gave up waiting for a producer that was there and died");
                });
    }

    private static Scenario putToKilled() {
        return ring("put-to-killed", "the consumer dies anywhere while the producer waits for room", SMALL)
                .actor("producer", self -> put(self, producer(self), 1, 3))
                .mortal("consumer", self -> poll(self, consumer(self), 3, 1))
                .judgedBy(outcome -> {
                    outcome.require(
                            outcome.isKilled("consumer") || outcome.count("offered") == 3,
                            "a put gave up although the consumer lives");
                });
    }

    private static Scenario killTaker() {
        return ring("kill-taker", "a sleeping consumer dies anywhere, another one sleeps in its place", SMALL)
                .actor("producer", self -> offer(self, producer(self), 1, 2))
                .mortal("consumer", self -> {
                    RingConsumer consumer = consumer(self);
                    take(self, consumer, 1);
                    consumer.close();
                })
                .actorAfter("successor", List.of("consumer"), self -> takeUntil(self, consumer(self), 2))
                .judgedBy(SpscOracles::onlyUnacknowledgedAgain);
    }

    // ---- what actors do -------------------------------------------------------------------------------------------

    static RingProducer producer(Actor self) {
        return producer(self, SMALL);
    }

    static RingProducer producer(Actor self, long capacity) {
        return SpscHandles.producer(self.memory(), capacity, Strategies.blockAtOnce());
    }

    static RingConsumer consumer(Actor self) {
        return consumer(self, SMALL);
    }

    static RingConsumer consumer(Actor self, long capacity) {
        WaitStrategy strategy = Strategies.blockAtOnce();
        return SpscHandles.consumer(self.memory(), capacity, strategy);
    }

    static byte[] message(long number) {
        return message(number, MESSAGE);
    }

    static byte[] message(long number, int length) {
        ByteBuffer message = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        while (message.hasRemaining()) {
            message.putLong(number);
        }
        return message.array();
    }

    static void offer(Actor self, RingProducer producer, long from, long to) {
        offer(self, producer, from, to, MESSAGE);
    }

    static void offer(Actor self, RingProducer producer, long from, long to, int length) {
        for (long number = from; number <= to; number++) {
            self.note("offers", number);
            byte[] message = message(number, length);
            while (producer.offer(message) != OfferResult.ACCEPTED) {
                self.memory().yieldHint();
            }
            self.note("offered", number);
        }
    }

    static void put(Actor self, RingProducer producer, long from, long to) throws InterruptedException {
        for (long number = from; number <= to; number++) {
            self.note("offers", number);
            OfferResult result = producer.put(0, message(number), 0, MESSAGE, PATIENCE);
            self.note(result == OfferResult.ACCEPTED ? "offered" : "gave-up-" + result, number);
            if (result != OfferResult.ACCEPTED) {
                return;
            }
        }
    }

    private static void claim(Actor self, RingProducer producer, long number) {
        self.note("offers", number);
        Claim claim = producer.claim(0, MESSAGE);
        while (claim == null) {
            self.memory().yieldHint();
            claim = producer.claim(0, MESSAGE);
        }
        claim.setLong(0, number);
        claim.setLong(MESSAGE - Long.BYTES, number);
        claim.commit();
        self.note("offered", number);
    }

    static void offerLong(Actor self, RingProducer producer, long from, long to) {
        for (long number = from; number <= to; number++) {
            self.note("offers", number);
            Claim claim = producer.claim(0, LONG_MESSAGE);
            while (claim == null) {
                self.memory().yieldHint();
                claim = producer.claim(0, LONG_MESSAGE);
            }
            claim.setLong(0, number);
            claim.setLong(LONG_MESSAGE / 2, number);
            claim.setLong(LONG_MESSAGE - Long.BYTES, number);
            claim.commit();
            self.note("offered", number);
        }
    }

    private static void offerIfFree(Actor self, long number) {
        try {
            offer(self, producer(self), number, number);
        } catch (RoleTakenException e) {
            self.note("refused", number);
        }
    }

    static void offerAndLeave(Actor self, long from, long to) {
        offerAndLeave(self, from, to, producer(self));
    }

    static void offerAndLeave(Actor self, long from, long to, RingProducer producer) {
        offer(self, producer, from, to);
        producer.leave();
    }

    static void pollAndLeave(Actor self, int messages) {
        pollAndLeave(self, messages, consumer(self));
    }

    static void pollAndLeave(Actor self, int messages, RingConsumer consumer) {
        poll(self, consumer, messages, 1);
        consumer.close();
    }

    static void got(Actor self, Message message) {
        long first = message.getLong(0);
        long middle = message.getLong(message.length() / 2);
        long last = message.getLong(message.length() - Long.BYTES);
        self.note(first == last && first == middle ? "got" : "torn", first);
    }

    static void poll(Actor self, RingConsumer consumer, int messages, int limit) {
        int left = messages;
        while (left > 0) {
            int polled = consumer.poll(message -> got(self, message), Math.min(left, limit));
            if (polled > 0) {
                left -= polled;
                self.note("acknowledged", polled);
            } else {
                self.memory().yieldHint();
            }
        }
    }

    static void pollUntil(Actor self, RingConsumer consumer, long last) {
        boolean[] done = new boolean[1];
        while (!done[0]) {
            int polled = consumer.poll(
                    message -> {
                        got(self, message);
                        done[0] = message.getLong(0) == last;
                    },
                    1);
            if (polled == 0) {
                self.memory().yieldHint();
            }
        }
    }

    static void pollToTheEnd(Actor self, RingConsumer consumer) {
        int polled = 0;
        while (polled >= 0) {
            polled = consumer.poll(message -> got(self, message), 2);
            if (polled == 0) {
                self.memory().yieldHint();
            }
        }
        self.note(polled == RingConsumer.CLOSED ? "closed" : "dead");
    }

    private static void take(Actor self, RingConsumer consumer, int messages) throws InterruptedException {
        for (int left = messages; left > 0; ) {
            int taken = consumer.take(message -> got(self, message), left);
            left -= taken;
            self.note("acknowledged", taken);
        }
    }

    static void takeUntil(Actor self, RingConsumer consumer, long last) throws InterruptedException {
        boolean[] done = new boolean[1];
        while (!done[0]) {
            int taken = consumer.take(
                    message -> {
                        got(self, message);
                        done[0] = message.getLong(0) == last;
                    },
                    1);
            if (taken < 0) {
                self.memory().yieldHint();
            }
        }
    }

    static void takeToTheEnd(Actor self, RingConsumer consumer) throws InterruptedException {
        int taken = 1;
        while (taken > 0) {
            taken = consumer.take(message -> got(self, message), 2, PATIENCE);
        }
        self.note(taken == RingConsumer.CLOSED ? "closed" : taken == RingConsumer.EMPTY ? "absent" : "dead");
    }
}
