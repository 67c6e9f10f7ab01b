package io.sluice.ringbuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.Actors.Actor;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.LongSleeper;
import io.sluice.api.testing.Patience;
import io.sluice.api.testing.ProcessDied;
import io.sluice.api.waiting.WaitStrategy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Who waits for a ring for long sleeps for long, and yet misses nothing: neither a message or room, nor the death of a
 * process that owed it a wake-up, nor an interrupt. Nothing else ends the sleeps of these tests.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class LongSleepContract {

    /** A capacity that few messages fill. */
    protected static final long CAPACITY = 1024;

    private static final byte[] MESSAGE = new byte[100];
    private static final int DEATHS = 12;

    private final Actors actors = new Actors();
    private final AtomicInteger taken = new AtomicInteger(Integer.MIN_VALUE);
    private final AtomicReference<OfferResult> put = new AtomicReference<>();
    private SimulatedRing<?, ?> ring;
    private LongSleeper sleeper;

    /** A new ring for at least two producers and two consumers if the kind allows that, on the heap. */
    protected abstract SimulatedRing<?, ?> newRing(WaitStrategy strategy);

    /** Whether producers wait for room, and sleep for long then. */
    protected boolean sleepsForRoom() {
        return true;
    }

    private void create() {
        sleeper = new LongSleeper();
        create(sleeper);
    }

    private void create(WaitStrategy strategy) {
        closeRing();
        ring = newRing(strategy);
        taken.set(Integer.MIN_VALUE);
        put.set(null);
    }

    private void closeRing() {
        if (ring != null) {
            ring.close();
        }
    }

    @AfterEach
    void clear() {
        actors.close();
        closeRing();
    }

    private Actor startTaking(RingConsumer consumer) {
        return actors.start(() -> taken.set(consumer.take(message -> {}, 1)));
    }

    private Actor startPutting(RingProducer producer) {
        return actors.start(() -> put.set(producer.put(MESSAGE)));
    }

    private static void fill(RingProducer producer) {
        while (producer.offer(MESSAGE) == OfferResult.ACCEPTED) {
            // until it is full
        }
    }

    // ---- what is waited for ---------------------------------------------------------------------------------------

    @Test
    void takesAMessageOutOfALongSleep() {
        create();
        RingProducer producer = ring.producer(ring.attach());
        Actor taking = startTaking(ring.consumer(ring.attach()));
        sleeper.awaitLongSleep(1);
        producer.offer(MESSAGE);
        taking.join();
        assertEquals(1, taken.get());
    }

    @Test
    void hearsOfTheCloseInALongSleep() {
        create();
        RingProducer producer = ring.producer(ring.attach());
        Actor taking = startTaking(ring.consumer(ring.attach()));
        sleeper.awaitLongSleep(1);
        producer.close();
        taking.join();
        assertEquals(RingConsumer.CLOSED, taken.get());
    }

    @Test
    void putsIntoRoomOutOfALongSleep() {
        assumeTrue(sleepsForRoom());
        create();
        RingConsumer consumer = ring.consumer(ring.attach());
        RingProducer producer = ring.producer(ring.attach());
        fill(producer);
        Actor putting = startPutting(producer);
        sleeper.awaitLongSleep(1);
        assertTrue(consumer.poll(message -> {}, Integer.MAX_VALUE) > 0);
        putting.join();
        assertEquals(OfferResult.ACCEPTED, put.get());
    }

    // ---- deaths of those who owe a wake-up ------------------------------------------------------------------------

    @Test
    void hearsOfADeathBetweenAnOfferAndItsWakeUp() {
        for (int access = 1; hearsOfADeathInAnOffer(access, false); access++) {
            assertTrue(access < 100, "an offer of " + access + " accesses");
        }
    }

    @Test
    void hearsOfTheDeathOfAProducerThatCameWhileItSlept() {
        for (int access = 1; access < DEATHS && hearsOfADeathInAnOffer(access, true); access++) {
            assertTrue(access < 100, "an offer of " + access + " accesses");
        }
    }

    /** Lets the only producer die at an access of its offer; returns whether there was such an access. */
    private boolean hearsOfADeathInAnOffer(int access, boolean comesLater) {
        create();
        DyingMemory dying = comesLater ? null : ring.attach();
        RingProducer producer = comesLater ? null : ring.producer(dying);
        Actor taking = startTaking(ring.consumer(ring.attach()));
        sleeper.awaitLongSleep(1);
        if (comesLater) {
            dying = ring.attach();
            producer = ring.producer(dying);
            sleeper.awaitLongSleep(2);
        }
        dying.dieAt(access);
        boolean died = dies(producer);
        taking.join();
        assertTrue(taken.get() == 1 || (died && taken.get() == RingConsumer.PEER_DEAD), "taken: " + taken);
        return died;
    }

    private static boolean dies(RingProducer producer) {
        try {
            assertEquals(OfferResult.ACCEPTED, producer.offer(MESSAGE));
            return false;
        } catch (ProcessDied expected) {
            return true;
        }
    }

    @Test
    void hearsOfADeathBetweenAnAcknowledgementAndItsWakeUp() {
        assumeTrue(sleepsForRoom());
        for (int access = 1; hearsOfADeathInAPoll(access); access++) {
            assertTrue(access < 200, "a poll of " + access + " accesses");
        }
    }

    /** Lets the only consumer die at an access of a poll of one message; returns whether there was such an access. */
    private boolean hearsOfADeathInAPoll(int access) {
        create();
        DyingMemory dying = ring.attach();
        RingConsumer consumer = ring.consumer(dying);
        RingProducer producer = ring.producer(ring.attach());
        fill(producer);
        Actor putting = startPutting(producer);
        sleeper.awaitLongSleep(1);
        dying.dieAt(access);
        boolean died = false;
        try {
            assertEquals(1, consumer.poll(message -> {}, 1));
        } catch (ProcessDied expected) {
            died = true;
        }
        putting.join();
        assertTrue(
                put.get() == OfferResult.ACCEPTED || (died && put.get() == OfferResult.PEER_DEAD), "put: " + put.get());
        return died;
    }

    // ---- interrupts -----------------------------------------------------------------------------------------------

    @Test
    void hearsOfAnInterruptWhileTaking() {
        create();
        ring.producer(ring.attach());
        Actor taking = startTaking(ring.consumer(ring.attach()));
        sleeper.awaitLongSleep(1);
        taking.interrupt();
        assertInstanceOf(InterruptedException.class, taking.outcome());
    }

    @Test
    void hearsOfAnInterruptWhilePutting() {
        assumeTrue(sleepsForRoom());
        create();
        ring.consumer(ring.attach());
        RingProducer producer = ring.producer(ring.attach());
        fill(producer);
        Actor putting = startPutting(producer);
        sleeper.awaitLongSleep(1);
        putting.interrupt();
        assertInstanceOf(InterruptedException.class, putting.outcome());
    }

    // ---- deaths of those who are waited for, at any moment --------------------------------------------------------

    @RepeatedTest(20)
    void isToldOfTheProducersDeathInEachOfItsWaits() {
        create(Patience.untilWokenAfterTheFirstSlice());
        RingConsumer consumer = ring.consumer(ring.attach());
        DyingMemory dying = ring.attach();
        RingProducer producer = ring.producer(dying);
        Actor first = startTaking(consumer);
        Actors.until(first::isAsleep);
        producer.offer(MESSAGE);
        first.join();
        // Watched since its first wait, and a successor that nobody watches yet.
        for (int death = 0; death < 2; death++) {
            Actor taking = startTaking(consumer);
            dying.kill();
            taking.join();
            assertEquals(RingConsumer.PEER_DEAD, taken.get());
            dying = ring.attach();
            ring.producer(dying);
        }
    }

    @RepeatedTest(20)
    void isToldOfTheConsumersDeathAtAnyMoment() {
        assumeTrue(sleepsForRoom());
        create(Patience.untilWokenAfterTheFirstSlice());
        DyingMemory dying = ring.attach();
        ring.consumer(dying);
        RegionMemory survivor = ring.attach();
        RingProducer producer = ring.producer(survivor);
        fill(producer);
        Actor putting = startPutting(producer);
        dying.kill();
        putting.join();
        assertTrue(put.get() == OfferResult.PEER_DEAD || put.get() == OfferResult.ACCEPTED);
    }

    // Nobody watches somebody new, who comes while nobody waits, before it is noticed that somebody has come.

    @Test
    void isToldOfTheDeathOfAProducerThatCameForOneThatLeft() {
        create(Patience.untilWokenAfterTheFirstSlice());
        RingConsumer consumer = ring.consumer(ring.attach());
        RingProducer left = ring.producer(ring.attach());
        // Watched in the first wait, and known to be watched in the second.
        for (int wait = 0; wait < 2; wait++) {
            Actor taking = startTaking(consumer);
            Actors.until(taking::isAsleep);
            left.offer(MESSAGE);
            taking.join();
        }
        left.leave();
        DyingMemory dying = ring.attach();
        ring.producer(dying);
        Actor taking = startTaking(consumer);
        Actors.until(taking::isAsleep);
        dying.kill();
        taking.join();
        assertEquals(RingConsumer.PEER_DEAD, taken.get());
    }

    @Test
    void isToldOfTheDeathOfAConsumerThatCameForOneThatLeft() {
        assumeTrue(sleepsForRoom());
        create(Patience.untilWokenAfterTheFirstSlice());
        RingConsumer left = ring.consumer(ring.attach());
        RingProducer producer = ring.producer(ring.attach());
        fill(producer);
        for (int wait = 0; wait < 2; wait++) {
            Actor putting = startPutting(producer);
            Actors.until(putting::isAsleep);
            assertTrue(left.poll(message -> {}, Integer.MAX_VALUE) > 0);
            putting.join();
            fill(producer);
        }
        left.close();
        DyingMemory dying = ring.attach();
        ring.consumer(dying);
        fill(producer);
        Actor putting = startPutting(producer);
        Actors.until(putting::isAsleep);
        dying.kill();
        putting.join();
        assertTrue(put.get() == OfferResult.PEER_DEAD || put.get() == OfferResult.ACCEPTED, "put: " + put.get());
    }
}
