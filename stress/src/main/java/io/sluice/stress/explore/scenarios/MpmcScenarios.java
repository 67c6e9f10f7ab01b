package io.sluice.stress.explore.scenarios;

import io.sluice.api.ring.Message;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.Strategies;
import io.sluice.ringbuffer.mpmc.MpmcHandles;
import io.sluice.stress.explore.Actor;
import io.sluice.stress.explore.Outcome;
import io.sluice.stress.explore.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The MPMC ring. Messages are as in {@link SpscScenarios}, 24 bytes with their header: a lane of 64 bytes holds two of
 * them, taken one by one; of 512 bytes, two are taken together. Where a lane is to be full they are half of it.
 */
final class MpmcScenarios {

    static final long SMALL = 64;
    static final long LARGE = 512;
    private static final int HALF = 24;
    private static final Duration PATIENCE = Duration.ofMillis(100);

    private MpmcScenarios() {}

    static List<Scenario> all() {
        return List.of(
                share(),
                shareARange(),
                twoByTwo(),
                full(),
                fullForOne(),
                sleepers(),
                refuse(),
                killConsumer(),
                killConsumerOfARange(),
                killConsumerWithTwoHeirs(),
                killTaker(),
                killRefuser(),
                killHeir(),
                killProducer(),
                putToKilled());
    }

    private static Scenario.Builder ring(String name, String description, long capacity) {
        Scenario.Builder builder = Scenario.named("mpmc." + name, description)
                .memory(MpmcHandles.memoryBytes(capacity))
                .place(MpmcHandles.DATA, "DATA")
                .place(MpmcHandles.RETURNED, "RETURNED");
        for (int lane = 0; lane < MpmcHandles.PLACES; lane++) {
            builder.place(MpmcHandles.tail(capacity, lane), "TAIL" + lane)
                    .place(MpmcHandles.taken(capacity, lane), "TAKEN" + lane);
        }
        for (int slot = 0; slot < MpmcHandles.SLOTS; slot++) {
            builder.place(MpmcHandles.state(slot), "STATE" + slot)
                    .place(MpmcHandles.to(slot), "TO" + slot)
                    .place(MpmcHandles.owner(slot), "OWNER" + slot)
                    .place(MpmcHandles.current(slot), "CURRENT" + slot)
                    .place(MpmcHandles.attempt(slot), "ATTEMPT" + slot);
        }
        return builder;
    }

    // ---- while everybody lives ------------------------------------------------------------------------------------

    private static Scenario share() {
        return ring("share", "two messages, two consumers, one by one", SMALL)
                .actor("producer", self -> offerAndClose(self, SMALL, 1, 2))
                .actor("left", self -> pollToTheEnd(self, SMALL, 1))
                .actor("right", self -> pollToTheEnd(self, SMALL, 1))
                .judgedBy(outcome -> MpmcOracles.everythingOnce(outcome, 2, 2));
    }

    private static Scenario shareARange() {
        return ring("share-range", "three messages, two consumers that take two at once", LARGE)
                .actor("producer", self -> offerAndClose(self, LARGE, 1, 3))
                .actor("left", self -> pollToTheEnd(self, LARGE, 2))
                .actor("right", self -> pollToTheEnd(self, LARGE, 2))
                .judgedBy(outcome -> MpmcOracles.everythingOnce(outcome, 3, 2));
    }

    private static Scenario twoByTwo() {
        return ring("two-by-two", "two producers, two consumers", SMALL)
                .actor("one", self -> SpscScenarios.offer(self, producer(self, SMALL), 1, 1))
                .actor("two", self -> SpscScenarios.offer(self, producer(self, SMALL), 11, 11))
                .actor("left", self -> pollSome(self, SMALL, 1, 1))
                .actor("right", self -> pollSome(self, SMALL, 1, 1))
                .large()
                .judgedBy(outcome -> MpmcOracles.accounted(outcome, 0));
    }

    private static Scenario full() {
        return ring("full", "three messages into a lane that holds two, two consumers", SMALL)
                .actor("producer", self -> offerHalvesAndClose(self, 1, 3))
                .actor("left", self -> pollToTheEnd(self, SMALL, 1))
                .actor("right", self -> pollToTheEnd(self, SMALL, 1))
                .large()
                .judgedBy(outcome -> MpmcOracles.everythingOnce(outcome, 3, 2));
    }

    /** As {@link #full}, small enough for every schedule with a preemption. */
    private static Scenario fullForOne() {
        return ring("full-for-one", "three messages into a lane that holds two, one consumer", SMALL)
                .actor("producer", self -> offerHalvesAndClose(self, 1, 3))
                .actor("left", self -> pollToTheEnd(self, SMALL, 1))
                .judgedBy(outcome -> MpmcOracles.everythingOnce(outcome, 3, 1));
    }

    private static Scenario sleepers() {
        return ring("sleepers", "two consumers that sleep when there is nothing", SMALL)
                .actor("producer", self -> offerAndClose(self, SMALL, 1, 2))
                .actor("left", self -> takeToTheEnd(self, SMALL, 1))
                .actor("right", self -> takeToTheEnd(self, SMALL, 1))
                .judgedBy(outcome -> MpmcOracles.everythingOnce(outcome, 2, 2));
    }

    private static Scenario refuse() {
        return ring("refuse", "a consumer refuses what another one then gets, which sleeps", LARGE)
                .actor("producer", self -> offerAndClose(self, LARGE, 1, 2))
                .actor("refuser", self -> refuseOnce(self, LARGE))
                .actor("other", self -> takeToTheEnd(self, LARGE, 2))
                .judgedBy(outcome -> {
                    MpmcOracles.accounted(outcome, 0);
                    outcome.require(outcome.count("closed") == 1, "the consumer was not told that the ring is closed");
                });
    }

    // ---- deaths ---------------------------------------------------------------------------------------------------

    private static Scenario killConsumer() {
        return ring("kill-consumer", "one of two consumers dies anywhere", SMALL)
                .actor("producer", self -> offerAndClose(self, SMALL, 1, 2))
                .mortal("victim", self -> pollSome(self, SMALL, 2, 1))
                .actor("survivor", self -> takeToTheEnd(self, SMALL, 1))
                .large()
                .judgedBy(outcome -> endedWell(outcome, 1));
    }

    private static Scenario killConsumerOfARange() {
        return ring("kill-consumer-of-range", "a consumer that takes two at once dies anywhere", LARGE)
                .actor("producer", self -> offerAndClose(self, LARGE, 1, 2))
                .mortalAfter("victim", List.of("producer"), self -> pollSome(self, LARGE, 2, 2))
                .actor("survivor", self -> takeToTheEnd(self, LARGE, 2))
                .judgedBy(outcome -> endedWell(outcome, 1));
    }

    private static Scenario killConsumerWithTwoHeirs() {
        return ring("kill-consumer-two-heirs", "a consumer dies anywhere, two others want what it held", SMALL)
                .actor("producer", self -> offerAndClose(self, SMALL, 1, 1))
                .mortalAfter("victim", List.of("producer"), self -> pollSome(self, SMALL, 1, 1))
                .actorAfter("left", List.of("victim"), self -> takeToTheEnd(self, SMALL, 1))
                .actorAfter("right", List.of("victim"), self -> takeToTheEnd(self, SMALL, 1))
                .judgedBy(outcome -> {
                    MpmcOracles.accounted(outcome, 1);
                    outcome.require(outcome.count("closed") == 2, "a survivor was not told that the ring is closed");
                });
    }

    private static Scenario killTaker() {
        return ring("kill-taker", "a sleeping consumer dies anywhere, another one sleeps, too", SMALL)
                .actor("producer", self -> offerAndClose(self, SMALL, 1, 1))
                .mortal("victim", self -> takeToTheEnd(self, SMALL, 1))
                .actor("survivor", self -> takeToTheEnd(self, SMALL, 1))
                .judgedBy(outcome -> endedWell(outcome, 1));
    }

    private static Scenario killRefuser() {
        return ring("kill-refuser", "a consumer dies anywhere while it refuses", LARGE)
                .actor("producer", self -> offerAndClose(self, LARGE, 1, 2))
                .mortalAfter("victim", List.of("producer"), self -> refuseOnce(self, LARGE))
                .actorAfter("survivor", List.of("victim"), self -> takeToTheEnd(self, LARGE, 2))
                .judgedBy(outcome -> endedWell(outcome, 1));
    }

    private static Scenario killHeir() {
        return ring("kill-heir", "a consumer dies anywhere, and so does the one that gets what it held", SMALL)
                .kills(2)
                .actor("producer", self -> offerAndClose(self, SMALL, 1, 1))
                .mortalAfter("victim", List.of("producer"), self -> pollSome(self, SMALL, 1, 1))
                .mortalAfter("heir", List.of("victim"), self -> pollSome(self, SMALL, 1, 1))
                .actorAfter("survivor", List.of("heir"), self -> takeToTheEnd(self, SMALL, 1))
                .judgedBy(outcome -> endedWell(outcome, 2));
    }

    private static Scenario killProducer() {
        return ring("kill-producer", "one of two producers dies anywhere", SMALL)
                .mortal("victim", self -> offerAndClose(self, SMALL, 1, 1))
                .actor("other", self -> offerAndClose(self, SMALL, 11, 11))
                .actorAfter("consumer", List.of("victim", "other"), self -> takeToTheEnd(self, SMALL, 2))
                .judgedBy(outcome -> {
                    MpmcOracles.accounted(outcome, 0);
                    // The dead one may have come last, to the lane that the other one had closed.
                    outcome.require(
                            outcome.count("closed") + outcome.count("dead") == 1,
                            "the consumer was not told how the producers ended");
                });
    }

    private static Scenario putToKilled() {
        return ring("put-to-killed", "a producer sleeps for the room that a dead consumer holds", SMALL)
                .actor("producer", self -> {
                    RingProducer producer = producer(self, SMALL);
                    SpscScenarios.put(self, producer, 1, 3);
                    producer.close();
                })
                .mortal("victim", self -> pollSome(self, SMALL, 1, 1))
                .actor("survivor", self -> takeToTheEnd(self, SMALL, 1))
                .large()
                .judgedBy(outcome -> {
                    endedWell(outcome, 1);
                    outcome.require(outcome.count("offered") == 3, "a put gave up although a consumer lives");
                });
    }

    /** Everything is accounted for, and the one survivor was told of the end; or the victim lived and was told, too. */
    private static void endedWell(Outcome outcome, int doubts) {
        MpmcOracles.accounted(outcome, doubts);
        outcome.require(outcome.count("closed") > 0, "the survivor was not told that the ring is closed");
    }

    // ---- what actors do -------------------------------------------------------------------------------------------

    private static RingProducer producer(Actor self, long capacity) {
        return MpmcHandles.producer(self.memory(), capacity, Strategies.blockAtOnce());
    }

    private static RingConsumer consumer(Actor self, long capacity) {
        return MpmcHandles.consumer(self.memory(), capacity, Strategies.blockAtOnce());
    }

    private static void offerAndClose(Actor self, long capacity, long from, long to) {
        RingProducer producer = producer(self, capacity);
        SpscScenarios.offer(self, producer, from, to);
        producer.close();
    }

    /** Messages of half a lane each with their headers: the third one lies where the first one did. */
    private static void offerHalvesAndClose(Actor self, long from, long to) {
        RingProducer producer = producer(self, SMALL);
        SpscScenarios.offer(self, producer, from, to, HALF);
        producer.close();
    }

    private static void got(Actor self, Message message, List<Long> handled) {
        long first = message.getLong(0);
        long last = message.getLong(message.length() - Long.BYTES);
        self.note(first == last ? "got" : "torn", first * MpmcOracles.COUNTS + message.deliveryCount());
        handled.add(first);
    }

    private static void acknowledged(Actor self, List<Long> handled) {
        handled.forEach(number -> self.note("acknowledged", number));
        handled.clear();
    }

    /** Polls until so many messages came, or the ring is at its end, and leaves. */
    private static void pollSome(Actor self, long capacity, int messages, int limit) {
        RingConsumer consumer = consumer(self, capacity);
        List<Long> handled = new ArrayList<>();
        int left = messages;
        while (left > 0) {
            int polled = consumer.poll(message -> got(self, message, handled), limit);
            acknowledged(self, handled);
            if (polled < 0) {
                break;
            }
            left -= polled;
            if (polled == 0) {
                self.memory().yieldHint();
            }
        }
        consumer.close();
    }

    /** Polls until it is told of the end. */
    private static void pollToTheEnd(Actor self, long capacity, int limit) {
        RingConsumer consumer = consumer(self, capacity);
        List<Long> handled = new ArrayList<>();
        int polled = 0;
        while (polled >= 0) {
            polled = consumer.poll(message -> got(self, message, handled), limit);
            acknowledged(self, handled);
            if (polled == 0) {
                self.memory().yieldHint();
            }
        }
        self.note(polled == RingConsumer.CLOSED ? "closed" : "dead");
    }

    private static void takeToTheEnd(Actor self, long capacity, int limit) throws InterruptedException {
        RingConsumer consumer = consumer(self, capacity);
        List<Long> handled = new ArrayList<>();
        int taken = 0;
        while (taken >= 0) {
            taken = consumer.take(message -> got(self, message, handled), limit, PATIENCE);
            acknowledged(self, handled);
        }
        self.note(taken == RingConsumer.CLOSED ? "closed" : "dead");
    }

    /** Refuses the first message, if one comes, and leaves. */
    private static void refuseOnce(Actor self, long capacity) {
        RingConsumer consumer = consumer(self, capacity);
        boolean[] refused = new boolean[1];
        int polled = 0;
        while (polled == 0 && !refused[0]) {
            try {
                polled = consumer.poll(
                        message -> {
                            self.note("refuses", message.getLong(0) * MpmcOracles.COUNTS + message.deliveryCount());
                            throw new Refusal();
                        },
                        2);
            } catch (Refusal e) {
                refused[0] = true;
            }
            if (polled == 0 && !refused[0]) {
                self.memory().yieldHint();
            }
        }
        if (refused[0]) {
            consumer.nack();
        }
        consumer.close();
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }
}
