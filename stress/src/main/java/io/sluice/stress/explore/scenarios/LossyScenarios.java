package io.sluice.stress.explore.scenarios;

import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.Strategies;
import io.sluice.ringbuffer.broadcast.BroadcastHandles;
import io.sluice.stress.explore.Actor;
import io.sluice.stress.explore.Event;
import io.sluice.stress.explore.Outcome;
import io.sluice.stress.explore.Scenario;
import java.util.List;

/**
 * The broadcast ring whose producer waits for nobody. Messages are as in {@link SpscScenarios}: the ring holds two of
 * them. The third makes the first void, and lies behind the capacity as records may; the fourth overwrites it.
 */
final class LossyScenarios {

    private static final BroadcastHandles SMALL = new BroadcastHandles(2, 64, true);
    private static final long RECORD = 24;
    private static final int HEIR = 50;
    private static final int LAST = 100;

    private LossyScenarios() {}

    static List<Scenario> all() {
        return List.of(lap(), lapTwice(), batch(), two(), sleeper(), killProducer(), killHeir(), killConsumer());
    }

    private static Scenario.Builder ring(String name, String description) {
        Scenario.Builder builder = Scenario.named("lossy." + name, description)
                .memory(SMALL.memoryBytes())
                .place(BroadcastHandles.PRODUCER, "PRODUCER")
                .place(BroadcastHandles.DATA, "DATA")
                .place(SMALL.tail(), "TAIL")
                .place(SMALL.gone(), "GONE")
                .place(SMALL.older(), "OLDER")
                .place(SMALL.newer(), "NEWER");
        for (int place = 0; place < SMALL.places(); place++) {
            builder.place(BroadcastHandles.position(place), "POSITION" + place)
                    .place(BroadcastHandles.lease(place), "LEASE" + place);
        }
        return builder;
    }

    // ---- while everybody lives ------------------------------------------------------------------------------------

    private static Scenario lap() {
        return ring("lap", "a consumer joins while the producer offers until the first is overwritten")
                .actor("producer", self -> offerAndClose(self, 1, 4))
                .actor("left", LossyScenarios::pollToTheEnd)
                .judgedBy(outcome -> heardOrMissed(outcome, 4, "left"));
    }

    private static Scenario lapTwice() {
        return ring("lap-twice", "as lap, with messages for two laps and more")
                .actor("producer", self -> offerAndClose(self, 1, 7))
                .actor("left", LossyScenarios::pollToTheEnd)
                .judgedBy(outcome -> heardOrMissed(outcome, 7, "left"));
    }

    private static Scenario batch() {
        return ring("batch", "as lap, with messages staged in twos")
                .actor("producer", self -> {
                    RingProducer producer = producer(self);
                    for (long number = 1; number <= 6; number += 2) {
                        self.note("offers", number);
                        self.note("offers", number + 1);
                        producer.stage(0, SpscScenarios.message(number), 0, SpscScenarios.MESSAGE);
                        producer.stage(0, SpscScenarios.message(number + 1), 0, SpscScenarios.MESSAGE);
                        producer.flush();
                        self.note("offered", number);
                        self.note("offered", number + 1);
                    }
                    producer.close();
                })
                .actor("left", LossyScenarios::pollToTheEnd)
                .judgedBy(outcome -> heardOrMissed(outcome, 6, "left"));
    }

    private static Scenario two() {
        return ring("two", "two consumers join, one of them for one look only")
                .actor("producer", self -> offerAndClose(self, 1, 4))
                .actor("left", LossyScenarios::pollToTheEnd)
                .actor("right", self -> {
                    RingConsumer consumer = consumer(self);
                    poll(self, consumer);
                    consumer.close();
                })
                .judgedBy(outcome -> {
                    heardInOrder(outcome, "right");
                    heardOrMissed(outcome, 4, "left");
                });
    }

    private static Scenario sleeper() {
        return ring("take", "a consumer that sleeps when there is nothing")
                .actor("producer", self -> offerAndClose(self, 1, 4))
                .actor("left", self -> {
                    RingConsumer consumer = consumer(self);
                    int taken;
                    do {
                        taken = consumer.take(message -> SpscScenarios.got(self, message), 1);
                        noteLap(self, consumer, taken);
                    } while (taken > 0 || taken == RingConsumer.LAPPED);
                    self.note(taken == RingConsumer.CLOSED ? "closed" : "dead");
                })
                .judgedBy(outcome -> heardOrMissed(outcome, 4, "left"));
    }

    // ---- deaths ---------------------------------------------------------------------------------------------------

    private static Scenario killProducer() {
        return ring("kill-producer", "the producer dies anywhere, its successor goes on")
                .mortal("victim", self -> SpscScenarios.offerAndLeave(self, 1, 4, producer(self)))
                .actorAfter("successor", List.of("victim"), self -> offerAndClose(self, LAST, LAST))
                .actor("left", LossyScenarios::pollToTheEnd)
                .large()
                .judgedBy(outcome -> heardOrMissed(outcome, LAST, "left"));
    }

    private static Scenario killHeir() {
        return ring("kill-heir", "the producer dies anywhere, and so does its successor, a third goes on")
                .kills(2)
                .mortal("victim", self -> SpscScenarios.offerAndLeave(self, 1, 4, producer(self)))
                .mortalAfter(
                        "heir",
                        List.of("victim"),
                        self -> SpscScenarios.offerAndLeave(self, HEIR, HEIR, producer(self)))
                .actorAfter("successor", List.of("heir"), self -> offerAndClose(self, LAST, LAST))
                .actor("left", LossyScenarios::pollToTheEnd)
                .judgedBy(outcome -> heardOrMissed(outcome, LAST, "left"));
    }

    private static Scenario killConsumer() {
        return ring("kill-consumer", "a consumer dies anywhere, another one comes behind it, nobody waits for either")
                .actor("producer", self -> offerAndClose(self, 1, 4))
                .mortal("victim", self -> {
                    RingConsumer consumer = consumer(self);
                    poll(self, consumer);
                    poll(self, consumer);
                    consumer.close();
                })
                .actorAfter("left", List.of("victim"), LossyScenarios::pollToTheEnd)
                .judgedBy(outcome -> {
                    heardInOrder(outcome, "victim");
                    heardOrMissed(outcome, 4, "left");
                });
    }

    // ---- judgement ------------------------------------------------------------------------------------------------

    /**
     * Everybody got the last message and was told of the end; what is missing in between was told, and how much it was.
     * Where a producer died, the number behind its last may be what it had not told of.
     */
    private static void heardOrMissed(Outcome outcome, long last, String... actors) {
        for (String actor : actors) {
            heardInOrder(outcome, actor);
            outcome.require(outcome.count(actor, "closed") == 1, actor + " was not told of the end");
            long[] got = outcome.values(actor, "got");
            boolean lastIsThere = got.length > 0 && got[got.length - 1] == last;
            outcome.require(lastIsThere || offersAfterJoining(outcome, actor) == 0, actor + " did not get " + last);
        }
    }

    private static int offersAfterJoining(Outcome outcome, String actor) {
        boolean joined = false;
        int offers = 0;
        for (Event event : outcome.events()) {
            joined |= event.actor().equals(actor) && event.what().equals("joined");
            offers += joined && event.what().equals("offers") ? 1 : 0;
        }
        return offers;
    }

    /** Nothing torn, nothing twice; as many messages left out as were said to be missed, and each time it was said. */
    private static void heardInOrder(Outcome outcome, String actor) {
        outcome.require(outcome.count(actor, "torn") == 0, "a torn message was delivered");
        long before = 0;
        long missed = 0; // bytes since the last message
        long missedBefore = 0;
        for (Event event : outcome.events()) {
            if (!event.actor().equals(actor)) {
                continue;
            }
            if (event.what().equals("lapped")) {
                outcome.require(event.value() > missedBefore, actor + " was lapped and missed nothing");
                missed += event.value() - missedBefore;
                missedBefore = event.value();
            } else if (event.what().equals("got")) {
                long number = event.value();
                outcome.require(number > before, actor + " got " + number + " after " + before);
                if (before > 0) {
                    requireGap(outcome, actor, before, number, missed);
                }
                before = number;
                missed = 0;
            }
        }
    }

    private static void requireGap(Outcome outcome, String actor, long before, long number, long missed) {
        long step = missed / RECORD + 1;
        boolean fits = place(outcome, before, "offered") + step <= place(outcome, number, "offers")
                && place(outcome, before, "offers") + step >= place(outcome, number, "offered");
        outcome.require(
                fits && missed % RECORD == 0,
                actor + " got " + number + " after " + before + ", told of " + missed + " missed bytes");
    }

    /**
     * Which of all messages a number is: that of a successor comes behind what was published before, told of or not. So
     * there is a first place where it may be, by what was {@code "offered"}, and a last, by {@code "offers"}.
     */
    private static long place(Outcome outcome, long number, String what) {
        return switch ((int) number) {
            case HEIR -> outcome.count("victim", what) + 1L;
            case LAST -> outcome.count("victim", what) + outcome.count("heir", what) + 1L;
            default -> number;
        };
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

    private static int poll(Actor self, RingConsumer consumer) {
        int polled = consumer.poll(message -> SpscScenarios.got(self, message), 1);
        noteLap(self, consumer, polled);
        return polled;
    }

    private static void noteLap(Actor self, RingConsumer consumer, int result) {
        if (result == RingConsumer.LAPPED) {
            self.note("lapped", consumer.missedBytes());
        }
    }

    private static void pollToTheEnd(Actor self) {
        RingConsumer consumer = consumer(self);
        int polled;
        do {
            polled = poll(self, consumer);
            if (polled == RingConsumer.EMPTY) {
                self.memory().yieldHint();
            }
        } while (polled >= 0 || polled == RingConsumer.LAPPED);
        self.note(polled == RingConsumer.CLOSED ? "closed" : "dead");
    }
}
