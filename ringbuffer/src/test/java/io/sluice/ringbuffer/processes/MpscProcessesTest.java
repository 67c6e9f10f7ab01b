package io.sluice.ringbuffer.processes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.ring.RoleTakenException;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.processes.Parties.Party;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real producers and consumers of an MPSC ring: killed, stopped, coming and going, and every message accounted for. */
@Timeout(180)
class MpscProcessesTest {

    private static final int ROUNDS = Integer.getInteger("sluice.test.rounds", 8);
    private static final int ENOUGH = 1000; // messages between two blows

    private TestDirectory directory;
    private Parties parties;
    private Ring ring;

    @BeforeEach
    void createDirectory() throws IOException {
        directory = TestDirectory.create();
        parties = new Parties(RingKind.MPSC, directory.path());
    }

    @AfterEach
    void removeDirectory() throws IOException {
        parties.close();
        ring.close();
        directory.close();
    }

    private void createRing(RingOrder order, int places) {
        ring = Rings.create(RingSpec.mpsc("unused", 1 << 14)
                .withAddress(RegionAddress.of(directory.path(), "ring"))
                .withOrder(order)
                .withMaxProducers(places)
                .withWaitStrategy(WaitStrategy.block())
                .withChecksum(true));
    }

    // ---- the storm ------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(RingOrder.class)
    void everyMessageIsAccountedForThroughKillsAndStops(RingOrder order) {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime());
        System.out.println("MpscProcessesTest seed " + seed);
        createRing(order, 3);
        List<Party> producers = new ArrayList<>(List.of(parties.start("produce"), parties.start("produce")));
        Party consumer = parties.start("consume");
        producers.forEach(party -> party.process().awaitLine("ready"));
        consumer.process().awaitLine("ready");
        Random random = new Random(seed);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                long enough = parties.total("consume") + ENOUGH;
                parties.await(() -> parties.total("consume") >= enough);
                int index = random.nextInt(2);
                switch (random.nextInt(4)) {
                    case 0 -> producers.set(index, parties.replace(producers.get(index)));
                    case 1 -> consumer = parties.replace(consumer);
                    case 2 -> {
                        producers.set(index, parties.replace(producers.get(index)));
                        consumer = parties.replace(consumer);
                    }
                    default -> stop(producers.get(index), producers.get(1 - index));
                }
            }
            producers.forEach(party -> party.process().send("end"));
            producers.forEach(party -> party.process().awaitLine("closed"));
            assertEquals(
                    Integer.toString(RingConsumer.CLOSED), consumer.process().awaitLine("ended with "));
            audit(order);
        } catch (AssertionError e) {
            throw new AssertionError("with -Dsluice.test.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    /** Wherever it stands, the other one's messages go on. */
    private void stop(Party stopped, Party other) {
        stopped.process().stop();
        int enough = other.ledger().count() + ENOUGH / 2;
        parties.await(() -> other.ledger().count() >= enough);
        stopped.process().resume();
    }

    private void audit(RingOrder order) {
        Map<Integer, Integer> next = new HashMap<>(); // by producer: the message that nobody has handled yet
        Map<Integer, Integer> acknowledged = new HashMap<>(); // by producer: so many were, for sure
        for (Party consumer : parties.every("consume")) {
            Map<Integer, Integer> handled = new HashMap<>();
            for (int index = 0; index < consumer.ledger().count(); index++) {
                int producer = (int) (consumer.ledger().id(index) >>> 32);
                int number = (int) consumer.ledger().id(index);
                String message = number + " of " + producer + " at consumer " + consumer.number();
                Integer before = handled.put(producer, number);
                if (before == null) {
                    assertTrue(number <= next.getOrDefault(producer, 0), () -> "lost: the one before " + message);
                    assertTrue(number >= acknowledged.getOrDefault(producer, 0), () -> "twice: " + message);
                } else {
                    assertEquals(before + 1, number, () -> "order: " + message);
                }
                next.merge(producer, number + 1, Math::max);
                if (index < consumer.ledger().acknowledgedCount()) {
                    acknowledged.merge(producer, number + 1, Math::max);
                }
            }
            if (order == RingOrder.TOTAL) {
                checkOrder(consumer);
            }
        }
        int messages = 0;
        for (Party producer : parties.every("produce")) {
            int sent = producer.ledger().count();
            int came = next.getOrDefault(producer.number(), 0);
            // The last one may have been committed before its producer could say so.
            assertTrue(came == sent || came == sent + 1, () -> producer.number() + " sent " + sent + ", came " + came);
            messages += sent;
        }
        assertTrue(messages > ROUNDS * ENOUGH / 2, messages + " messages");
    }

    /** None came behind one whose commit began after its own was known to be done. */
    private void checkOrder(Party consumer) {
        Map<Integer, Ledger> producers = new HashMap<>();
        parties.every("produce").forEach(party -> producers.put(party.number(), party.ledger()));
        long earliest = Long.MAX_VALUE; // of those that come later: when one was known to be committed
        for (int index = consumer.ledger().count() - 1; index >= 0; index--) {
            long id = consumer.ledger().id(index);
            long began = consumer.ledger().time(index);
            assertTrue(began < earliest, () -> "overtaken by " + (int) id + " of " + (id >>> 32));
            earliest = Math.min(earliest, producers.get((int) (id >>> 32)).sentAt((int) id));
        }
    }

    // ---- single cases ---------------------------------------------------------------------------------------------

    @ParameterizedTest
    @EnumSource(RingOrder.class)
    void producersComeAndGoUpToTheLimitAndDieAndLoseNothing(RingOrder order) {
        createRing(order, 2 * RingChild.HANDLES);
        List<Party> churns = new ArrayList<>(List.of(parties.start("churn"), parties.start("churn")));
        churns.forEach(party -> party.process().awaitLine("ready"));
        RingConsumer consumer = ring.consumer();
        Map<Integer, Integer> next = new HashMap<>(); // by sender
        for (int round = 0; round < 4; round++) {
            receive(consumer, next, ENOUGH);
            int victim = round % 2;
            churns.set(victim, parties.replace(churns.get(victim)));
        }
        receive(consumer, next, ENOUGH);
        churns.forEach(party -> party.process().send("end"));
        while (!churns.stream().allMatch(party -> party.process().hasLine())) {
            receive(consumer, next, 0);
        }
        churns.forEach(party -> party.process().awaitLine("full"));
        receive(consumer, next, 0);
        assertThrows(RoleTakenException.class, ring::producer);
        for (Party churn : parties.every("churn")) {
            for (int handle = 0; handle < 1 << 16; handle++) {
                int came = next.getOrDefault(churn.number() << 18 | handle, 0);
                long sent = churn.ledger().sentBy(handle);
                assertTrue(came == sent || came == sent + 1, () -> churn.number() + ": " + sent + " sent, " + came);
            }
        }
    }

    private static void receive(RingConsumer consumer, Map<Integer, Integer> next, int atLeast) {
        int left = atLeast;
        int polled;
        do {
            polled = consumer.poll(
                    message -> {
                        long id = RingChild.idOf(message);
                        Integer expected = next.merge((int) (id >>> 32), 1, Integer::sum);
                        assertEquals(expected - 1, (int) id);
                    },
                    64);
            left -= polled;
        } while (polled > 0 || left > 0);
    }
}
