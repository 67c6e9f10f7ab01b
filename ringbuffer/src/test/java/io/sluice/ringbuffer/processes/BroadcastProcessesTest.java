package io.sluice.ringbuffer.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.processes.Parties.Party;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real participants of a broadcast ring: killed, stopped, coming and going; each consumer gets all, in order, once. */
@Timeout(180)
class BroadcastProcessesTest {

    private static final int ROUNDS = Integer.getInteger("sluice.test.rounds", 8);
    private static final int ENOUGH = 1000; // messages between two blows

    private TestDirectory directory;
    private Parties parties;
    private Ring ring;

    @BeforeEach
    void createRing() throws IOException {
        directory = TestDirectory.create();
        parties = new Parties(RingKind.BROADCAST, directory.path());
        ring = Rings.create(RingSpec.broadcast("unused", 1 << 14)
                .withAddress(RegionAddress.of(directory.path(), "ring"))
                .withMaxConsumers(2 * RingChild.HANDLES)
                .withWaitStrategy(WaitStrategy.block())
                .withChecksum(true));
    }

    @AfterEach
    void removeRing() throws IOException {
        parties.close();
        ring.close();
        directory.close();
    }

    // ---- the storm ------------------------------------------------------------------------------------------------

    @Test
    void everyConsumerGetsEverythingThroughKillsAndStops() {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime());
        System.out.println("BroadcastProcessesTest seed " + seed);
        List<Party> consumers = new ArrayList<>(List.of(parties.start("consume"), parties.start("consume")));
        consumers.forEach(party -> party.process().awaitLine("ready"));
        Party producer = parties.start("produce");
        producer.process().awaitLine("ready");
        Map<Integer, Long> start = new HashMap<>(); // by consumer: the latest message that it may begin with
        consumers.forEach(party -> start.put(party.number(), RingChild.id(3, 0)));
        Random random = new Random(seed);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                long enough = parties.total("consume") + ENOUGH;
                parties.await(() -> parties.total("consume") >= enough);
                int index = random.nextInt(2);
                switch (random.nextInt(4)) {
                    case 0 -> producer = parties.replace(producer);
                    case 1 -> join(consumers, index, producer, start);
                    case 2 -> {
                        producer = parties.replace(producer);
                        join(consumers, index, producer, start);
                    }
                    default -> {
                        // Everybody waits for it.
                        consumers.get(index).process().stop();
                        consumers.get(index).process().resume();
                    }
                }
            }
            producer.process().send("end");
            producer.process().awaitLine("closed");
            for (Party consumer : consumers) {
                assertEquals(
                        Integer.toString(RingConsumer.CLOSED),
                        consumer.process().awaitLine("ended with "));
            }
            audit(start, consumers);
        } catch (AssertionError e) {
            throw new AssertionError("with -Dsluice.test.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    private void join(List<Party> consumers, int index, Party producer, Map<Integer, Long> start) {
        consumers.set(index, parties.replace(consumers.get(index)));
        // This one's commit had not begun, unless that of the one before was not yet in the ledger.
        start.put(
                consumers.get(index).number(),
                RingChild.id(producer.number(), producer.ledger().count() + 1));
    }

    private void audit(Map<Integer, Long> start, List<Party> survivors) {
        List<Party> producers = parties.every("produce");
        for (Party consumer : parties.every("consume")) {
            Ledger ledger = consumer.ledger();
            String who = "consumer " + consumer.number() + " ";
            if (ledger.count() > 0) {
                assertTrue(ledger.id(0) <= start.get(consumer.number()), () -> who + "missed the first");
            }
            for (int index = 1; index < ledger.count(); index++) {
                checkNext(producers, ledger.id(index - 1), ledger.id(index), who);
            }
            if (survivors.contains(consumer) && ledger.count() > 0) {
                checkLast(producers, ledger.id(ledger.count() - 1), who);
            } else if (survivors.contains(consumer)) {
                checkNothing(producers, start.get(consumer.number()), who);
            }
        }
    }

    /** Nothing began that is not before {@code first}: who came then came behind everything. */
    private static void checkNothing(List<Party> producers, long first, String who) {
        Party ended = producers.get(producers.size() - 1);
        assertTrue(
                ended.number() == (int) (first >>> 32) && ended.ledger().count() <= (int) first,
                () -> who + "missed everything");
    }

    private static void checkLast(List<Party> producers, long id, String who) {
        int from = (int) (id >>> 32);
        Party ended = producers.get(producers.size() - 1);
        for (Party producer : producers) {
            int sent = producer.ledger().count();
            if (producer.number() == from) {
                // A killed one may have committed a message that is not in its ledger.
                boolean mayHaveOneMore = producer.number() < ended.number() && (int) id == sent;
                assertTrue((int) id == sent - 1 || mayHaveOneMore, () -> who + "missed the last of " + from);
            } else if (producer.number() > from) {
                assertEquals(0, sent, () -> who + "missed all of " + producer.number());
            }
        }
    }

    private static void checkNext(List<Party> producers, long id, long next, String who) {
        if (next == id + 1) {
            return;
        }
        // The end of what one producer had committed, and the beginning of what its successors did.
        int from = (int) (id >>> 32);
        int to = (int) (next >>> 32);
        assertTrue(from < to && (int) next == 0, () -> who + "got " + next + " behind " + id);
        for (Party producer : producers) {
            int sent = producer.ledger().count();
            if (producer.number() == from) {
                assertTrue((int) id == sent - 1 || (int) id == sent, () -> who + "missed the last of " + from);
            } else if (from < producer.number() && producer.number() < to) {
                assertEquals(0, sent, () -> who + "missed all of " + producer.number());
            }
        }
    }

    // ---- single cases ---------------------------------------------------------------------------------------------

    @Test
    void aStoppedConsumerHoldsTheProducerUpAndAKilledOneDoesNot() throws InterruptedException {
        Party consumer = parties.start("consume");
        consumer.process().awaitLine("ready");
        consumer.process().stop();
        RingProducer producer = ring.producer();
        byte[] message = new byte[1000];
        while (producer.offer(message) == OfferResult.ACCEPTED) {
            // until it is full
        }
        // Longer than any slice: a pause is no death.
        assertEquals(OfferResult.FULL, producer.put(0, message, 0, message.length, Duration.ofMillis(60)));
        parties.kill(consumer);
        assertEquals(OfferResult.ACCEPTED, producer.put(message));
    }

    @Test
    void consumersComeAndGoUpToTheLimitAndDieAndMissNothing() {
        List<Party> listeners = new ArrayList<>(List.of(parties.start("listen"), parties.start("listen")));
        listeners.forEach(party -> party.process().awaitLine("ready"));
        Party producer = parties.start("produce");
        producer.process().awaitLine("ready");
        for (int round = 0; round < 4; round++) {
            int enough = producer.ledger().count() + ENOUGH / 2;
            parties.await(() -> producer.ledger().count() >= enough);
            int victim = round % 2;
            listeners.set(victim, parties.replace(listeners.get(victim)));
        }
        listeners.forEach(party -> party.process().send("end"));
        listeners.forEach(party -> party.process().awaitLine("full"));
        assertThrows(RoleTakenException.class, ring::consumer);
    }
}
