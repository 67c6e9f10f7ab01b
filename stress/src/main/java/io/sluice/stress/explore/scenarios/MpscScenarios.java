package io.sluice.stress.explore.scenarios;

import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.Strategies;
import io.sluice.ringbuffer.mpsc.MpscHandles;
import io.sluice.stress.explore.Actor;
import io.sluice.stress.explore.Event;
import io.sluice.stress.explore.Outcome;
import io.sluice.stress.explore.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The MPSC ring, in either order. Messages are as in {@link SpscScenarios}; those of a producer have the same tens. A
 * lane holds two of them.
 */
final class MpscScenarios {

    private static final String PER_PRODUCER = "mpsc.";
    private static final String TOTAL = "mpsc-total.";
    private static final MpscHandles SMALL = new MpscHandles(2, 64, false);
    private static final MpscHandles SMALL_TOTAL = new MpscHandles(2, 64, true);
    private static final int LAST = 100;

    private MpscScenarios() {}

    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>();
        for (MpscHandles handles : List.of(SMALL, SMALL_TOTAL)) {
            MpscScenarios.addTo(all, handles);
        }
        all.add(order());
        all.add(orderOfThree());
        all.add(orderUnderDeath());
        return all;
    }

    private static void addTo(List<Scenario> all, MpscHandles handles) {
        all.add(two(handles));
        all.add(full(handles));
        all.add(leaveAndJoin(handles));
        all.add(sleeper(handles));
        all.add(killProducer(handles));
        all.add(killConsumer(handles));
        all.add(killConsumerHeir(handles));
        all.add(killHeir(handles));
        all.add(takeFromKilled(handles));
        all.add(takeBehindKilled(handles));
    }

    private static Scenario.Builder ring(MpscHandles handles, String name, String description) {
        Scenario.Builder builder = Scenario.named((handles.total() ? TOTAL : PER_PRODUCER) + name, description)
                .memory(flag(handles) + Long.BYTES)
                .place(flag(handles), "FLAG")
                .place(MpscHandles.CONSUMER, "CONSUMER")
                .place(MpscHandles.DATA, "DATA")
                .place(MpscHandles.JOINS, "JOINS")
                .place(MpscHandles.TICKETS, "TICKETS");
        for (int lane = 0; lane < handles.lanes(); lane++) {
            builder.place(handles.tail(lane), "TAIL" + lane)
                    .place(handles.head(lane), "HEAD" + lane)
                    .place(handles.producerOf(lane), "PRODUCER" + lane)
                    .place(handles.space(lane), "SPACE" + lane);
        }
        return builder;
    }

    /** A word behind the ring, by which one producer learns that another one has committed. */
    private static long flag(MpscHandles handles) {
        return handles.memoryBytes();
    }

    // ---- while everybody lives ------------------------------------------------------------------------------------

    private static Scenario two(MpscHandles handles) {
        return ring(handles, "two", "two producers, polled until both have closed")
                .actor("one", self -> offerAndClose(self, handles, 1, 1))
                .actor("two", self -> offerAndClose(self, handles, 11, 11))
                .actor("consumer", self -> SpscScenarios.pollToTheEnd(self, consumer(self, handles)))
                .judgedBy(outcome -> {
                    everythingOnce(outcome, 1, 11);
                    outcome.require(outcome.count("closed") == 1, "the consumer was not told that the ring is closed");
                });
    }

    private static Scenario full(MpscHandles handles) {
        return ring(handles, "full", "three offers to a lane that holds two, one to another")
                .actor("one", self -> SpscScenarios.offer(self, producer(self, handles), 1, 3))
                .actor("two", self -> SpscScenarios.offer(self, producer(self, handles), 11, 11))
                .actor("consumer", self -> SpscScenarios.poll(self, consumer(self, handles), 4, 2))
                .large()
                .judgedBy(outcome -> everythingOnce(outcome, 1, 2, 3, 11));
    }

    private static Scenario leaveAndJoin(MpscHandles handles) {
        return ring(handles, "leave-and-join", "a producer leaves, and another one takes its lane")
                .actor("one", self -> SpscScenarios.offerAndLeave(self, 1, 1, producer(self, handles)))
                .actorAfter("next", List.of("one"), self -> SpscScenarios.offer(self, producer(self, handles), 2, 3))
                .actor("consumer", self -> SpscScenarios.poll(self, consumer(self, handles), 3, 1))
                .judgedBy(outcome -> everythingOnce(outcome, 1, 2, 3));
    }

    private static Scenario sleeper(MpscHandles handles) {
        return ring(handles, "take", "a consumer that sleeps when there is nothing")
                .actor("one", self -> offerAndClose(self, handles, 1, 1))
                .actor("two", self -> offerAndClose(self, handles, 11, 11))
                .actor("consumer", self -> SpscScenarios.takeToTheEnd(self, consumer(self, handles)))
                .judgedBy(outcome -> {
                    everythingOnce(outcome, 1, 11);
                    outcome.require(outcome.count("closed") == 1, "the consumer was not told that the ring is closed");
                });
    }

    // ---- total order ----------------------------------------------------------------------------------------------

    private static Scenario order() {
        return ring(SMALL_TOTAL, "order", "a producer offers when it has learned that the other one has")
                .actor("one", self -> offerAndTell(self, producer(self, SMALL_TOTAL), 1))
                .actor("two", self -> offerWhenTold(self, producer(self, SMALL_TOTAL), 11))
                .actor("consumer", self -> SpscScenarios.poll(self, consumer(self, SMALL_TOTAL), 2, 2))
                .judgedBy(outcome -> outcome.requireEqual(
                        new long[] {1, 11}, outcome.values("got"), "messages in the order of their commits"));
    }

    private static Scenario orderOfThree() {
        return ring(SMALL_TOTAL, "order-of-three", "as order, and both producers have offered before")
                .actor("one", self -> {
                    RingProducer producer = producer(self, SMALL_TOTAL);
                    SpscScenarios.offer(self, producer, 1, 1);
                    offerAndTell(self, producer, 2);
                })
                .actor("two", self -> {
                    RingProducer producer = producer(self, SMALL_TOTAL);
                    SpscScenarios.offer(self, producer, 11, 11);
                    offerWhenTold(self, producer, 12);
                })
                .actor("consumer", self -> SpscScenarios.poll(self, consumer(self, SMALL_TOTAL), 4, 1))
                .large()
                .judgedBy(outcome -> {
                    everythingOnce(outcome, 1, 2, 11, 12);
                    long[] got = outcome.values("got");
                    outcome.require(got[3] == 12, "overtaken by what was committed later: " + Arrays.toString(got));
                });
    }

    private static Scenario orderUnderDeath() {
        return ring(SMALL_TOTAL, "kill-in-order", "as order, and the first one dies anywhere behind its telling")
                .mortal("one", self -> {
                    RingProducer producer = producer(self, SMALL_TOTAL);
                    offerAndTell(self, producer, 1);
                    SpscScenarios.offer(self, producer, 2, 2);
                })
                .actor("two", self -> {
                    RingProducer producer = producer(self, SMALL_TOTAL);
                    while (self.memory().getLongAcquire(flag(SMALL_TOTAL)) == 0
                            && self.memory().isAlive(Scenario.token(0))) {
                        self.memory().yieldHint();
                    }
                    SpscScenarios.offer(self, producer, LAST, LAST);
                })
                .actor("consumer", self -> pollUntil(self, consumer(self, SMALL_TOTAL), LAST))
                .large()
                .judgedBy(outcome -> {
                    outcome.require(outcome.count("torn") == 0, "a torn message was delivered");
                    boolean told = Arrays.stream(outcome.values("offered")).anyMatch(number -> number == 1);
                    boolean got = Arrays.stream(outcome.values("got")).anyMatch(number -> number == 1);
                    outcome.require(got || !told, "overtaken by what was committed later");
                });
    }

    private static void offerAndTell(Actor self, RingProducer producer, long number) {
        SpscScenarios.offer(self, producer, number, number);
        self.memory().setLongRelease(flag(SMALL_TOTAL), 1);
    }

    private static void offerWhenTold(Actor self, RingProducer producer, long number) {
        while (self.memory().getLongAcquire(flag(SMALL_TOTAL)) == 0) {
            self.memory().yieldHint();
        }
        SpscScenarios.offer(self, producer, number, number);
    }

    // ---- deaths ---------------------------------------------------------------------------------------------------

    private static Scenario killProducer(MpscHandles handles) {
        return ring(handles, "kill-producer", "a producer dies anywhere, another one needs its lane, the consumer runs")
                .mortal("victim", self -> SpscScenarios.offerAndLeave(self, 1, 2, producer(self, handles)))
                .actorAfter("successor", List.of("victim"), self -> {
                    SpscScenarios.offer(self, producer(self, handles), LAST, LAST);
                })
                .actor("consumer", self -> pollUntil(self, consumer(self, handles), LAST))
                .judgedBy(SpscOracles::committedOnceThenSuccessor);
    }

    private static Scenario killConsumer(MpscHandles handles) {
        return ring(handles, "kill-consumer", "the consumer dies anywhere, another one takes its place")
                .actor("one", self -> offerAndClose(self, handles, 1, 1))
                .actor("two", self -> offerAndClose(self, handles, 11, 11))
                .mortalAfter(
                        "consumer",
                        List.of("one", "two"),
                        self -> SpscScenarios.pollAndLeave(self, 1, consumer(self, handles)))
                .actorAfter("successor", List.of("consumer"), self -> {
                    SpscScenarios.pollToTheEnd(self, consumer(self, handles));
                })
                .judgedBy(MpscScenarios::onlyUnacknowledgedAgain);
    }

    private static Scenario killConsumerHeir(MpscHandles handles) {
        return ring(handles, "kill-consumer-heir", "the consumer dies anywhere, and so does the one in its place")
                .kills(2)
                .actor("one", self -> offerAndClose(self, handles, 1, 1))
                .actor("two", self -> offerAndClose(self, handles, 11, 11))
                .mortalAfter(
                        "consumer",
                        List.of("one", "two"),
                        self -> SpscScenarios.pollAndLeave(self, 1, consumer(self, handles)))
                .mortalAfter(
                        "heir",
                        List.of("consumer"),
                        self -> SpscScenarios.pollAndLeave(self, 1, consumer(self, handles)))
                .actorAfter("successor", List.of("heir"), self -> {
                    SpscScenarios.pollToTheEnd(self, consumer(self, handles));
                })
                .judgedBy(MpscScenarios::onlyUnacknowledgedAgain);
    }

    private static Scenario killHeir(MpscHandles handles) {
        return ring(handles, "kill-heir", "a producer dies anywhere, and so does the one who takes its lane over")
                .kills(2)
                .mortal("victim", self -> SpscScenarios.offerAndLeave(self, 1, 1, producer(self, handles)))
                .mortalAfter("heir", List.of("victim"), self -> {
                    SpscScenarios.offerAndLeave(self, 50, 50, producer(self, handles));
                })
                .actorAfter("successor", List.of("heir"), self -> {
                    SpscScenarios.offer(self, producer(self, handles), LAST, LAST);
                })
                .actor("consumer", self -> pollUntil(self, consumer(self, handles), LAST))
                .judgedBy(SpscOracles::committedOnceThenSuccessor);
    }

    private static Scenario takeFromKilled(MpscHandles handles) {
        return ring(handles, "take-from-killed", "one of two producers dies anywhere while the consumer sleeps")
                .mortal("victim", self -> {
                    while (self.memory().getLongAcquire(flag(handles)) == 0) {
                        self.memory().yieldHint();
                    }
                    RingProducer producer = producer(self, handles);
                    self.memory().setLongRelease(flag(handles), 2);
                    SpscScenarios.offer(self, producer, 1, 1);
                    producer.close();
                })
                .actor("other", self -> {
                    RingProducer producer = producer(self, handles);
                    self.memory().setLongRelease(flag(handles), 1);
                    SpscScenarios.offer(self, producer, 11, 11);
                    while (self.memory().getLongAcquire(flag(handles)) < 2
                            && self.memory().isAlive(Scenario.token(0))) {
                        self.memory().yieldHint();
                    }
                    producer.close();
                })
                .actor("consumer", self -> SpscScenarios.takeToTheEnd(self, consumer(self, handles)))
                .large()
                .judgedBy(outcome -> {
                    outcome.require(outcome.count("torn") == 0, "a torn message was delivered");
                    committedOnce(outcome);
                    // The dead one may have come last, to the lane that the other one had closed.
                    outcome.require(
                            outcome.count("closed") + outcome.count("dead") == 1,
                            "the consumer was not told how the producers ended");
                    outcome.require(
                            outcome.count("dead") == 0 || outcome.isKilled("victim"),
                            "a live producer is held for dead");
                });
    }

    /** As {@link #takeFromKilled}, small enough for every schedule with a preemption. */
    private static Scenario takeBehindKilled(MpscHandles handles) {
        return ring(
                        handles,
                        "take-behind-killed",
                        "a producer dies anywhere while the consumer sleeps; another one follows")
                .mortal("victim", self -> SpscScenarios.offerAndLeave(self, 1, 1, producer(self, handles)))
                .actorAfter("successor", List.of("victim"), self -> {
                    SpscScenarios.offer(self, producer(self, handles), LAST, LAST);
                })
                .actor("consumer", self -> SpscScenarios.takeUntil(self, consumer(self, handles), LAST))
                .judgedBy(SpscOracles::committedOnceThenSuccessor);
    }

    // ---- judgement ------------------------------------------------------------------------------------------------

    /** Each of {@code expected} once, those of the same tens in their order. */
    private static void everythingOnce(Outcome outcome, long... expected) {
        outcome.require(outcome.count("torn") == 0, "a torn message was delivered");
        Map<Long, List<Long>> wanted = byProducer(expected);
        Map<Long, List<Long>> found = byProducer(outcome.values("got"));
        outcome.require(wanted.equals(found), "messages by producer: expected " + wanted + ", found " + found);
    }

    private static Map<Long, List<Long>> byProducer(long... numbers) {
        Map<Long, List<Long>> lanes = new LinkedHashMap<>();
        for (long number : numbers) {
            lanes.computeIfAbsent(number / 10, tens -> new ArrayList<>()).add(number);
        }
        return lanes;
    }

    /** What was committed came once, what was about to be may have, nothing else did. */
    private static void committedOnce(Outcome outcome) {
        List<Long> got = Arrays.stream(outcome.values("got")).boxed().toList();
        for (long number : outcome.values("offered")) {
            outcome.require(got.contains(number), "message " + number + " was committed and did not arrive");
        }
        List<Long> begun = Arrays.stream(outcome.values("offers")).boxed().toList();
        outcome.require(
                begun.containsAll(got) && got.stream().distinct().count() == got.size(), "more came than was sent");
    }

    /** Everything comes; what comes twice was not known to be acknowledged. */
    private static void onlyUnacknowledgedAgain(Outcome outcome) {
        outcome.require(outcome.count("torn") == 0, "a torn message was delivered");
        List<Long> acknowledged = new ArrayList<>();
        List<Long> handled = new ArrayList<>();
        Map<String, List<Long>> handledBy = new LinkedHashMap<>();
        for (Event event : outcome.events()) {
            if (event.what().equals("got")) {
                outcome.require(
                        !acknowledged.contains(event.value()), event.value() + " came again after its acknowledgement");
                handled.add(event.value());
                handledBy
                        .computeIfAbsent(event.actor(), actor -> new ArrayList<>())
                        .add(event.value());
            } else if (event.what().equals("acknowledged")) {
                acknowledged.addAll(handledBy.get(event.actor()));
            }
        }
        for (long number : new long[] {1, 11}) {
            outcome.require(handled.contains(number), "message " + number + " was lost");
        }
        long[] second = outcome.values("successor", "got");
        outcome.require(Arrays.stream(second).distinct().count() == second.length, "the successor got one twice");
        outcome.require(outcome.count("closed") == 1, "the successor was not told that the ring is closed");
    }

    // ---- what actors do -------------------------------------------------------------------------------------------

    private static RingProducer producer(Actor self, MpscHandles handles) {
        return handles.producer(self.memory(), Strategies.blockAtOnce());
    }

    private static RingConsumer consumer(Actor self, MpscHandles handles) {
        return handles.consumer(self.memory(), Strategies.blockAtOnce());
    }

    /** Closes when both producers have joined: the ring is at its end as soon as the only one has closed. */
    private static void offerAndClose(Actor self, MpscHandles handles, long from, long to) {
        RingProducer producer = producer(self, handles);
        SpscScenarios.offer(self, producer, from, to);
        self.memory().getAndAddLong(flag(handles), 1);
        while (self.memory().getLongAcquire(flag(handles)) < 2 && self.memory().isAlive(Scenario.token(0))) {
            self.memory().yieldHint();
        }
        producer.close();
    }

    private static void pollUntil(Actor self, RingConsumer consumer, long last) {
        SpscScenarios.pollUntil(self, consumer, last);
    }
}
