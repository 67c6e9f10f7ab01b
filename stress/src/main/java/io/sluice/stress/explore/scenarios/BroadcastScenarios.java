package io.sluice.stress.explore.scenarios;

import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.Strategies;
import io.sluice.ringbuffer.broadcast.BroadcastHandles;
import io.sluice.stress.explore.Actor;
import io.sluice.stress.explore.Event;
import io.sluice.stress.explore.Outcome;
import io.sluice.stress.explore.Scenario;
import java.util.Arrays;
import java.util.List;

/** The broadcast ring. Messages are as in {@link SpscScenarios}: the ring holds two of them. */
final class BroadcastScenarios {

    private static final BroadcastHandles SMALL = new BroadcastHandles(2, 64);
    private static final int LAST = 100;

    private BroadcastScenarios() {}

    static List<Scenario> all() {
        return List.of(
                listen(),
                rejoin(),
                two(),
                gate(),
                gateOnce(),
                sleepers(),
                leave(),
                killConsumer(),
                killOneOfTwo(),
                killSuccessor(),
                killProducer());
    }

    private static Scenario.Builder ring(String name, String description) {
        Scenario.Builder builder = Scenario.named("broadcast." + name, description)
                .memory(SMALL.memoryBytes())
                .place(BroadcastHandles.PRODUCER, "PRODUCER")
                .place(BroadcastHandles.DATA, "DATA")
                .place(SMALL.tail(), "TAIL")
                .place(SMALL.space(), "SPACE");
        for (int place = 0; place < SMALL.places(); place++) {
            builder.place(BroadcastHandles.position(place), "POSITION" + place)
                    .place(BroadcastHandles.lease(place), "LEASE" + place);
        }
        return builder;
    }

    // ---- while everybody lives ------------------------------------------------------------------------------------

    private static Scenario listen() {
        return ring("listen", "a consumer joins while the producer fills the ring and closes it")
                .actor("producer", self -> offerAndClose(self, 1, 4))
                .actor("left", BroadcastScenarios::pollToTheEnd)
                .judgedBy(outcome -> heardAll(outcome, 4, "left"));
    }

    private static Scenario rejoin() {
        return ring("rejoin", "as listen, in a place whose last consumer has left long ago")
                .setup(memory -> memory.setLong(SMALL.tail(), 10 * SMALL.capacity()))
                .actor("producer", self -> offerAndClose(self, 1, 3))
                .actor("left", BroadcastScenarios::pollToTheEnd)
                .judgedBy(outcome -> heardAll(outcome, 3, "left"));
    }

    private static Scenario two() {
        return ring("two", "two consumers join while the producer offers and closes")
                .actor("producer", self -> offerAndClose(self, 1, 2))
                .actor("left", BroadcastScenarios::pollToTheEnd)
                .actor("right", BroadcastScenarios::pollToTheEnd)
                .judgedBy(outcome -> heardAll(outcome, 2, "left", "right"));
    }

    private static Scenario gate() {
        return ring("gate", "a consumer holds the producer up, another one joins meanwhile")
                .actor("left", BroadcastScenarios::pollToTheEnd)
                .actor("producer", self -> offerAndClose(self, 1, 3))
                .actor("right", BroadcastScenarios::pollToTheEnd)
                .large()
                .judgedBy(outcome -> heardAll(outcome, 3, "left", "right"));
    }

    /** As {@link #gate}, small enough for every schedule with a preemption. */
    private static Scenario gateOnce() {
        return ring("gate-once", "as gate, and the one that joins reads once and leaves")
                .actor("left", BroadcastScenarios::pollToTheEnd)
                .actor("producer", self -> offerAndClose(self, 1, 3))
                .actor("right", self -> listenOnce(self))
                .judgedBy(outcome -> {
                    heardInOrder(outcome, "right");
                    heardAll(outcome, 3, "left");
                });
    }

    private static Scenario sleepers() {
        return ring("take", "a consumer and a producer that sleep when there is nothing, or no room")
                .actor("producer", self -> {
                    RingProducer producer = producer(self);
                    SpscScenarios.put(self, producer, 1, 4);
                    producer.close();
                })
                .actor("left", self -> {
                    SpscScenarios.takeToTheEnd(self, consumer(self));
                })
                .judgedBy(outcome -> {
                    heardAll(outcome, 4, "left");
                    outcome.require(outcome.count("offered") == 4, "a put gave up although the consumer lives");
                });
    }

    private static Scenario leave() {
        return ring("leave", "the producer sleeps for the room of a consumer that leaves")
                .actor("producer", self -> SpscScenarios.put(self, producer(self), 1, 4))
                .actor("left", self -> {
                    RingConsumer consumer = consumer(self);
                    for (int poll = 0; poll < 3; poll++) {
                        consumer.poll(message -> SpscScenarios.got(self, message), 1);
                    }
                    consumer.close();
                })
                .judgedBy(outcome -> {
                    heardInOrder(outcome, "left");
                    outcome.require(outcome.count("offered") == 4, "a put gave up although nobody holds it up");
                });
    }

    // ---- deaths ---------------------------------------------------------------------------------------------------

    private static Scenario killConsumer() {
        return ring("kill-consumer", "the producer sleeps for the room of a consumer that dies anywhere")
                .actor("producer", self -> SpscScenarios.put(self, producer(self), 1, 4))
                .mortal("victim", self -> {
                    RingConsumer consumer = consumer(self);
                    consumer.poll(message -> SpscScenarios.got(self, message), 1);
                    consumer.poll(message -> SpscScenarios.got(self, message), 1);
                    consumer.close();
                })
                .judgedBy(outcome -> {
                    heardInOrder(outcome, "victim");
                    outcome.require(outcome.count("offered") == 4, "a put gave up although nobody holds it up");
                });
    }

    private static Scenario killOneOfTwo() {
        return ring("kill-one-of-two", "one of two consumers dies anywhere, the other one gets everything")
                .actor("producer", self -> {
                    RingProducer producer = producer(self);
                    SpscScenarios.put(self, producer, 1, 3);
                    producer.close();
                })
                .mortal("victim", self -> {
                    RingConsumer consumer = consumer(self);
                    consumer.poll(message -> SpscScenarios.got(self, message), 1);
                    consumer.close();
                })
                .actor("left", BroadcastScenarios::pollToTheEnd)
                .large()
                .judgedBy(outcome -> {
                    heardInOrder(outcome, "victim");
                    heardAll(outcome, 3, "left");
                    outcome.require(outcome.count("offered") == 3, "a put gave up although a consumer lives");
                });
    }

    private static Scenario killSuccessor() {
        return ring("kill-successor", "a consumer dies anywhere, and so does the one who takes its place")
                .kills(2)
                .actor("producer", self -> {
                    RingProducer producer = producer(self);
                    SpscScenarios.put(self, producer, 1, 3);
                    producer.close();
                })
                .mortal("victim", self -> listenOnce(self))
                .mortalAfter("heir", List.of("victim"), self -> listenOnce(self))
                .actorAfter("left", List.of("heir"), BroadcastScenarios::pollToTheEnd)
                .judgedBy(outcome -> {
                    heardInOrder(outcome, "victim");
                    heardInOrder(outcome, "heir");
                    heardAll(outcome, 3, "left");
                    outcome.require(outcome.count("offered") == 3, "a put gave up although a consumer lives");
                });
    }

    private static Scenario killProducer() {
        return ring("kill-producer", "the producer dies anywhere, its successor goes on")
                .mortal("victim", self -> SpscScenarios.offerAndLeave(self, 1, 3, producer(self)))
                .actorAfter("successor", List.of("victim"), self -> {
                    RingProducer producer = producer(self);
                    SpscScenarios.offer(self, producer, LAST, LAST);
                    producer.close();
                })
                .actor("left", BroadcastScenarios::pollToTheEnd)
                .judgedBy(outcome -> {
                    outcome.require(outcome.count("torn") == 0, "a torn message was delivered");
                    outcome.require(outcome.count("left", "closed") == 1, "left was not told of the end");
                    long joined = firstAfterJoining(outcome, "left");
                    long[] got = outcome.values("left", "got");
                    long last = Arrays.stream(got)
                            .filter(number -> number != LAST)
                            .max()
                            .orElse(0);
                    for (long number : outcome.values("offered")) {
                        boolean here = Arrays.stream(got).anyMatch(other -> other == number);
                        outcome.require(here || number < joined, number + " was committed and did not arrive");
                    }
                    for (int index = 1; index < got.length; index++) {
                        boolean next =
                                got[index] == got[index - 1] + 1 || (got[index] == LAST && got[index - 1] == last);
                        outcome.require(next, "out of order: " + Arrays.toString(got));
                    }
                });
    }

    // ---- judgement ------------------------------------------------------------------------------------------------

    /** The first message that was offered after {@code actor} had joined. */
    private static long firstAfterJoining(Outcome outcome, String actor) {
        boolean joined = false;
        for (Event event : outcome.events()) {
            joined |= event.actor().equals(actor) && event.what().equals("joined");
            if (joined && event.what().equals("offers")) {
                return event.value();
            }
        }
        return Long.MAX_VALUE;
    }

    private static void heardInOrder(Outcome outcome, String actor) {
        outcome.require(outcome.count(actor, "torn") == 0, "a torn message was delivered");
        long[] got = outcome.values(actor, "got");
        for (int index = 1; index < got.length; index++) {
            outcome.require(got[index] == got[index - 1] + 1, actor + " got " + Arrays.toString(got));
        }
        if (got.length > 0) {
            outcome.require(got[0] <= firstAfterJoining(outcome, actor), actor + " missed what came before " + got[0]);
        }
    }

    /** Everybody got everything from the first offer after its joining up to {@code last}, and was told of the end. */
    private static void heardAll(Outcome outcome, long last, String... actors) {
        for (String actor : actors) {
            heardInOrder(outcome, actor);
            outcome.require(outcome.count(actor, "closed") == 1, actor + " was not told of the end");
            long[] got = outcome.values(actor, "got");
            if (got.length > 0) {
                outcome.require(got[got.length - 1] == last, actor + " missed the last: " + Arrays.toString(got));
            } else {
                outcome.require(firstAfterJoining(outcome, actor) > last, actor + " got nothing");
            }
        }
    }

    // ---- what actors do -------------------------------------------------------------------------------------------

    private static RingProducer producer(Actor self) {
        return SMALL.producer(self.memory(), Strategies.blockAtOnce());
    }

    private static RingConsumer consumer(Actor self) {
        RingConsumer consumer = SMALL.consumer(self.memory(), Strategies.blockAtOnce());
        self.note("joined");
        return consumer;
    }

    private static void offerAndClose(Actor self, long from, long to) {
        RingProducer producer = producer(self);
        SpscScenarios.offer(self, producer, from, to);
        producer.close();
    }

    private static void pollToTheEnd(Actor self) {
        SpscScenarios.pollToTheEnd(self, consumer(self));
    }

    private static void listenOnce(Actor self) {
        RingConsumer consumer = consumer(self);
        consumer.poll(message -> SpscScenarios.got(self, message), 1);
        consumer.close();
    }
}
