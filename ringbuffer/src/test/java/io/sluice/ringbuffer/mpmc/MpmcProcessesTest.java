package io.sluice.ringbuffer.mpmc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.waiting.WaitStrategy;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real processes on a real ring: killed with SIGKILL, stopped, coming and going, and every message accounted for. */
@Timeout(180)
class MpmcProcessesTest {

    private static final long CAPACITY = 1 << 14;
    private static final int PLACES = 4;
    private static final int ROUNDS = 10;
    private static final int ENOUGH = 1500; // messages between two blows
    private static final MessageHandler NOBODY = message -> fail("unexpected message at " + message.position());

    private TestDirectory directory;
    private Ring ring;

    @BeforeEach
    void createRing() throws IOException {
        directory = TestDirectory.create();
        ring = Rings.create(RingSpec.mpmc("unused", CAPACITY)
                .withAddress(RegionAddress.of(directory.path(), "ring"))
                .withMaxProducers(PLACES)
                .withMaxConsumers(PLACES)
                .withWaitStrategy(WaitStrategy.block())
                .withChecksum(true));
    }

    @AfterEach
    void removeRing() throws IOException {
        ring.close();
        directory.close();
    }

    private ChildJvm start(String what, int number) {
        return ChildJvm.start(MpmcChild.class, what, directory.path().toString(), Integer.toString(number));
    }

    // ---- the storm ------------------------------------------------------------------------------------------------

    @Test
    void everyMessageIsAccountedForThroughAStormOfKillsAndStops() throws Exception {
        long seed = Long.getLong("sluice.test.seed", System.nanoTime());
        System.out.println("MpmcProcessesTest seed " + seed);
        try (Storm storm = new Storm("produce", "consume", new Random(seed))) {
            storm.rage();
            storm.endProducers();
            storm.awaitTheEnd();
            storm.audit(ROUNDS * ENOUGH / 2, 1 + ROUNDS);
        } catch (AssertionError e) {
            throw new AssertionError("with -Dsluice.test.seed=" + seed + ": " + e.getMessage(), e);
        }
    }

    @Test
    void everyMessageComesOnceWhileProcessesComeAndGo() throws Exception {
        RingProducer last = ring.producer();
        try (Storm storm = new Storm("visitAndProduce", "visitAndConsume", new Random(0))) {
            storm.await(() -> storm.handled() >= ENOUGH);
            storm.endProducers();
            last.close();
            storm.awaitTheEnd();
            storm.audit(ENOUGH, 1);
            storm.checkThatNothingCameAgain();
        }
    }

    /** A process of the storm. */
    private record Party(int number, ChildJvm process, MappedByteBuffer log) {}

    /** Two producers and two consumers, each replaced when it was killed. */
    private final class Storm implements AutoCloseable {

        private final String produce;
        private final String consume;
        private final Random random;
        private final List<Party> producers = new ArrayList<>();
        private final List<Party> consumers = new ArrayList<>();
        private final List<Party> allProducers = new ArrayList<>();
        private final List<Party> allConsumers = new ArrayList<>();
        private int next;

        Storm(String produce, String consume, Random random) throws IOException {
            this.produce = produce;
            this.consume = consume;
            this.random = random;
            for (int i = 0; i < 2; i++) {
                producers.add(join(produce, allProducers));
                consumers.add(join(consume, allConsumers));
            }
            for (Party party : all()) {
                party.process.awaitLine("ready");
            }
        }

        private List<Party> all() {
            List<Party> all = new ArrayList<>(producers);
            all.addAll(consumers);
            return all;
        }

        private Party join(String what, List<Party> known) throws IOException {
            int number = ++next;
            Party party = new Party(number, start(what, number), MpmcChild.log(directory.path(), number));
            known.add(party);
            return party;
        }

        void rage() throws Exception {
            for (int round = 0; round < ROUNDS; round++) {
                long enough = handled() + ENOUGH;
                await(() -> handled() >= enough);
                switch (random.nextInt(5)) {
                    case 0 -> replace(producers, produce, allProducers);
                    case 1, 2 -> replace(consumers, consume, allConsumers);
                    case 3 -> {
                        replace(producers, produce, allProducers);
                        replace(consumers, consume, allConsumers);
                    }
                    default -> stopOneConsumer();
                }
            }
        }

        private void replace(List<Party> parties, String what, List<Party> known) throws IOException {
            int index = random.nextInt(parties.size());
            parties.get(index).process.kill();
            Party successor = join(what, known);
            parties.set(index, successor);
            successor.process.awaitLine("ready");
        }

        /** The other one goes on, with what it may have. */
        private void stopOneConsumer() throws Exception {
            int index = random.nextInt(consumers.size());
            Party stopped = consumers.get(index);
            Party other = consumers.get(1 - index);
            stopped.process.stop();
            long before = stopped.log.getLong(0);
            // A range that is held keeps its lane from going on for ever, so not too much.
            long enough = other.log.getLong(0) + 20;
            await(() -> other.log.getLong(0) >= enough);
            assertEquals(before, stopped.log.getLong(0));
            stopped.process.resume();
        }

        private long handled() {
            return allConsumers.stream()
                    .mapToLong(party -> party.log.getLong(0))
                    .sum();
        }

        /** Waits, unless a process of the storm has ended that nobody killed. */
        private void await(BooleanSupplier condition) {
            while (!condition.getAsBoolean()) {
                for (Party party : all()) {
                    assertTrue(party.process.isRunning(), () -> party.number + " ended: " + party.process.errors());
                }
                LockSupport.parkNanos(1_000_000);
            }
        }

        void endProducers() {
            producers.forEach(party -> party.process.send("end"));
            producers.forEach(party -> party.process.awaitLine("closed"));
        }

        /** The consumers go on until they are told. */
        void awaitTheEnd() {
            for (Party party : consumers) {
                assertEquals(Integer.toString(RingConsumer.CLOSED), party.process.awaitLine("ended with "));
            }
        }

        /** {@code atLeast} so many messages were sent, and none was delivered more than {@code most} times. */
        void audit(long atLeast, int most) {
            Map<Long, Account> accounts = new HashMap<>();
            for (Party party : allConsumers) {
                long entries = party.log.getLong(0);
                for (int i = 0; i < entries; i++) {
                    int at = MpmcChild.entry(i);
                    accounts.computeIfAbsent(party.log.getLong(at), id -> new Account())
                            .add(party.log.getLong(at + 8));
                }
            }
            long messages = 0;
            for (Party party : allProducers) {
                long accepted = party.log.getLong(0);
                messages += accepted;
                for (long number = 0; number <= accepted; number++) {
                    Account account = accounts.remove((long) party.number << 32 | number);
                    // The last one may have been committed before its producer could say so.
                    assertTrue(account != null || number == accepted, "lost: " + number + " of " + party.number);
                    if (account != null) {
                        account.check(party.number + "/" + number, most);
                    }
                }
            }
            assertEquals(Map.of(), accounts, "messages that nobody sent");
            assertTrue(messages >= atLeast, messages + " messages");
            assertEquals(0, Rings.report(ring.region().address(), false).backlogBytes());
        }

        /** Each message was acknowledged at its first delivery. */
        void checkThatNothingCameAgain() {
            for (Party party : allConsumers) {
                for (int i = 0; i < party.log.getLong(0); i++) {
                    assertEquals(1L << 1 | 1, party.log.getLong(MpmcChild.entry(i) + 8));
                }
            }
        }

        @Override
        public void close() {
            allProducers.forEach(party -> party.process.close());
            allConsumers.forEach(party -> party.process.close());
        }
    }

    /** What became of one message. */
    private static final class Account {

        private int deliveries;
        private int unmarked;
        private int acknowledged;

        void add(long entry) {
            deliveries++;
            unmarked += entry >>> 1 == 1 ? 1 : 0;
            acknowledged += (int) (entry & 1);
        }

        void check(String message, int most) {
            assertTrue(unmarked <= 1, () -> message + " was delivered " + unmarked + " times without a mark");
            assertTrue(acknowledged <= 1, () -> message + " was acknowledged " + acknowledged + " times");
            assertTrue(deliveries <= most, () -> message + " was delivered " + deliveries + " times");
        }

        @Override
        public String toString() {
            return deliveries + " deliveries, " + acknowledged + " acknowledged";
        }
    }

    // ---- single cases ---------------------------------------------------------------------------------------------

    @Test
    void aStoppedConsumerKeepsWhatItHoldsAndNothingElse() throws InterruptedException {
        RingProducer producer = ring.producer();
        RingConsumer other = ring.consumer();
        producer.offer(new byte[] {1});
        producer.offer(new byte[] {2});
        try (ChildJvm holder = start("hold", 1)) {
            assertEquals("2", holder.awaitLine("holds "));
            holder.stop();
            for (int i = 0; i < 100; i++) {
                assertEquals(OfferResult.ACCEPTED, producer.offer(new byte[] {3}));
                assertEquals(1, other.take(message -> assertEquals(3, message.getByte(0)), 1));
            }
            // Longer than any slice: a pause is no death.
            assertEquals(RingConsumer.EMPTY, other.take(NOBODY, 1, Duration.ofMillis(100)));
            producer.close();
            assertEquals(RingConsumer.EMPTY, other.take(NOBODY, 1, Duration.ofMillis(50)));
            assertEquals(PeerState.LIVE, ring.producer().consumerState());
            holder.resume();
            holder.send("go on");
            assertEquals("1*12*1", holder.awaitLine("got "));
        }
    }

    @Test
    void aKilledConsumersMessagesComeToAnotherOneMarked() throws InterruptedException {
        RingProducer producer = ring.producer();
        RingConsumer other = ring.consumer();
        producer.offer(new byte[] {1});
        producer.offer(new byte[] {2});
        try (ChildJvm holder = start("hold", 1)) {
            assertEquals("2", holder.awaitLine("holds "));
            assertEquals(RingConsumer.EMPTY, other.poll(NOBODY, 10));
            holder.kill();
        }
        List<String> got = new ArrayList<>();
        assertEquals(2, other.take(message -> got.add(message.getByte(0) + "*" + message.deliveryCount()), 10));
        assertEquals(List.of("1*2", "2*1"), got);
    }

    @Test
    void oneProducerAndManyConsumersShareAStream() throws Exception {
        List<Party> consumers = new ArrayList<>();
        RingProducer producer = ring.producer();
        try {
            for (int number = 1; number <= 3; number++) {
                consumers.add(new Party(number, start("consume", number), MpmcChild.log(directory.path(), number)));
            }
            for (Party consumer : consumers) {
                consumer.process.awaitLine("ready");
            }
            int messages = 20_000;
            for (int number = 0; number < messages; number++) {
                assertEquals(OfferResult.ACCEPTED, producer.put(MpmcChild.contents(number)));
            }
            producer.close();
            boolean[] seen = new boolean[messages];
            for (Party consumer : consumers) {
                assertEquals(Integer.toString(RingConsumer.CLOSED), consumer.process.awaitLine("ended with "));
                for (int i = 0; i < consumer.log.getLong(0); i++) {
                    int number = (int) consumer.log.getLong(MpmcChild.entry(i));
                    assertEquals(1L << 1 | 1, consumer.log.getLong(MpmcChild.entry(i) + 8));
                    assertTrue(!seen[number], () -> number + " came twice");
                    seen[number] = true;
                }
            }
            for (int number = 0; number < messages; number++) {
                assertTrue(seen[number], number + " is lost");
            }
        } finally {
            consumers.forEach(consumer -> consumer.process.close());
        }
    }
}
