package io.sluice.stress.explore.scenarios;

import static io.sluice.stress.explore.scenarios.SpscScenarios.SMALL;
import static io.sluice.stress.explore.scenarios.SpscScenarios.consumer;
import static io.sluice.stress.explore.scenarios.SpscScenarios.offer;
import static io.sluice.stress.explore.scenarios.SpscScenarios.offerAndLeave;
import static io.sluice.stress.explore.scenarios.SpscScenarios.poll;
import static io.sluice.stress.explore.scenarios.SpscScenarios.pollAndLeave;
import static io.sluice.stress.explore.scenarios.SpscScenarios.pollUntil;
import static io.sluice.stress.explore.scenarios.SpscScenarios.producer;

import io.sluice.api.ring.RingProducer;
import io.sluice.ringbuffer.spsc.SpscHandles;
import io.sluice.stress.explore.Scenario;
import java.util.List;

/** The SPSC ring whose consumer takes messages from the copy beside TAIL, as one does that gets them one at a time. */
final class SpscMailScenarios {

    private SpscMailScenarios() {}

    static List<Scenario> all() {
        return List.of(offerPoll(), full(), killProducer(), killConsumer(), plainSuccessor());
    }

    private static Scenario.Builder ring(String name, String description, long capacity) {
        return SpscScenarios.ring("mail-" + name, description, capacity)
                .setup(memory -> memory.setInt(SpscHandles.MAIL_WANTED, 1));
    }

    private static Scenario offerPoll() {
        return ring("offer-poll", "three offers with a copy each, polled one by one", SMALL)
                .actor("producer", self -> offer(self, producer(self), 1, 3))
                .actor("consumer", self -> poll(self, consumer(self), 3, 1))
                .judgedBy(outcome -> SpscOracles.everythingOnce(outcome, 3));
    }

    private static Scenario full() {
        return ring("full", "four offers with a copy each to a ring that holds two, polled in crowds", SMALL)
                .actor("producer", self -> offer(self, producer(self), 1, 4))
                .actor("consumer", self -> poll(self, consumer(self), 4, 4))
                .judgedBy(outcome -> SpscOracles.everythingOnce(outcome, 4));
    }

    private static Scenario killProducer() {
        return ring("kill-producer", "the producer dies anywhere, also between the copy and the position", SMALL)
                .mortal("producer", self -> offerAndLeave(self, 1, 2))
                .actorAfter("successor", List.of("producer"), self -> offerAndLeave(self, 100, 100))
                .actor("consumer", self -> pollUntil(self, consumer(self), 100))
                .judgedBy(SpscOracles::committedOnceThenSuccessor);
    }

    private static Scenario killConsumer() {
        return ring("kill-consumer", "the consumer dies anywhere, another one takes its place", SMALL)
                .actor("producer", self -> offer(self, producer(self), 1, 2))
                .mortal("consumer", self -> pollAndLeave(self, 1))
                .actorAfter("successor", List.of("consumer"), self -> pollUntil(self, consumer(self), 2))
                .judgedBy(SpscOracles::onlyUnacknowledgedAgain);
    }

    private static Scenario plainSuccessor() {
        return ring(
                        "plain-successor",
                        "the producer dies anywhere, its successor has not seen yet that copies are wanted",
                        SMALL)
                .mortal("producer", self -> offerAndLeave(self, 1, 1))
                .actorAfter("successor", List.of("producer"), self -> {
                    RingProducer producer = producer(self);
                    self.memory().setInt(SpscHandles.MAIL_WANTED, 0);
                    offer(self, producer, 100, 100);
                })
                .actor("consumer", self -> pollUntil(self, consumer(self), 100))
                .judgedBy(SpscOracles::committedOnceThenSuccessor);
    }
}
