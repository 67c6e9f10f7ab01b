package io.sluice.ringbuffer.worker;

import io.sluice.api.ring.ChecksumException;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread of a worker with its consumer and its place among the figures.
 *
 * <p>A message is acknowledged by the ring after {@link #handle} returned; whatever is thrown out of there leaves
 * it. So a delivery that is to be repeated is an exception like one that ends the thread, and the ring delivers
 * the message again.
 *
 * <p>A place of the ring that is damaged is counted, and the thread goes on with the other lanes. It ends there if the
 * ring has but one, and with the stream if that is over and nothing but damage is left.
 */
final class WorkerThread implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(WorkerThread.class);

    private static final Duration SLICE = Duration.ofMillis(20);
    private static final long IDLE_PAUSE_NANOS = 1_000_000;

    /**
     * So many messages of other lanes in a row are taken one by one while the suspect is waited for. By then every lane
     * had its turn; so its lane has nothing, or, in total order, messages that come later.
     */
    private static final int MOST_ONE_BY_ONE = RingSpec.MOST_PARTICIPANTS;

    /** Result of a batch: the ring refused a damaged place. */
    private static final int DAMAGE = Integer.MIN_VALUE;

    private final Worker worker;
    private final WorkerSpec spec;
    private final ErrorPolicy errors;
    private final RingConsumer consumer;
    private final WorkerPlace place;
    private final DeadLetters deadLetters; // null if there are none
    private final boolean ringCounts; // whether the ring counts deliveries; otherwise the place does, over deaths
    private final boolean hasOtherLanes; // beside a damaged one
    private final Damages damages = new Damages();
    private final MessageHandler handler = this::handle;
    private final StopSignal again = new StopSignal("deliver again");
    private final StopSignal stop = new StopSignal("stop");
    private final Runnable onFull;

    private RuntimeException ours; // thrown by what we do in a handler, not by the ring
    private long inHand = InHand.NOTHING; // the message that is being delivered, or comes again
    private long tries;
    private long suspect = InHand.NOTHING; // the message that the last owner of the place died with
    private long suspectTries;
    private int oneByOne = MOST_ONE_BY_ONE; // how many messages are still taken one by one because of the suspect

    WorkerThread(Worker worker, WorkerSpec spec, RingConsumer consumer, WorkerPlace place, DeadLetters deadLetters) {
        this.worker = worker;
        this.spec = spec;
        this.errors = spec.errors();
        this.consumer = consumer;
        this.place = place;
        this.deadLetters = deadLetters;
        this.ringCounts = spec.ring().kind() == RingKind.MPMC;
        this.hasOtherLanes = spec.ring().kind() != RingKind.SPSC;
        this.onFull = () -> place.count(WorkerLayout.FULL_WAITS);
        if (!ringCounts) {
            // acquire; pairs with WorkerPlace.setInHand of the last owner.
            long word = place.get(WorkerLayout.IN_HAND);
            suspect = InHand.messageOf(word);
            suspectTries = InHand.triesOf(word);
        }
    }

    // ---- the loop -------------------------------------------------------------------------------------------------

    @Override
    public void run() {
        Throwable failure = null;
        try {
            work();
            if (!ringCounts && inHand == InHand.NOTHING) {
                // All that we were given is acknowledged. There may be the message still that others died with.
                place.setInHand(suspect, suspectTries);
            }
        } catch (StopSignal e) {
            LOG.debug("stopped in front of a message");
        } catch (Throwable e) {
            failure = e;
        }
        try {
            place.leave(failure == null ? WorkerState.ENDED : WorkerState.FAILED);
            consumer.close();
        } catch (RuntimeException e) {
            // The ring is gone, or our role is: what brought us here said so.
            LOG.debug("could not leave", e);
        }
        worker.ended(failure);
    }

    private void work() {
        boolean draining = false;
        while (!worker.isStopping()) {
            if (!draining && worker.isDraining()) {
                draining = true;
                place.setState(WorkerState.DRAINING);
            }
            int result = batch(draining);
            noteLag();
            if (result > 0) {
                damages.reset();
                continue;
            }
            if (result == DAMAGE && !damages.isAllThatIsLeft()) {
                continue;
            }
            if (draining || (result == RingConsumer.CLOSED && spec.endsWithStream())) {
                return;
            }
            if (result != RingConsumer.EMPTY) {
                LockSupport.parkNanos(IDLE_PAUSE_NANOS);
            }
        }
    }

    private void noteLag() {
        try {
            place.set(WorkerLayout.LAG, consumer.backlogBytes());
        } catch (CorruptRingException e) {
            // Whoever polls is told.
            LOG.debug("nobody can say how much is left", e);
        }
    }

    private int batch(boolean draining) {
        try {
            int limit = suspect == InHand.NOTHING || oneByOne <= 0 ? spec.batch() : 1;
            return draining ? consumer.poll(handler, limit) : consumer.take(handler, limit, SLICE);
        } catch (StopSignal e) {
            if (e != again) {
                throw e;
            }
            pauseAndReturn();
            return 1;
        } catch (InterruptedException e) {
            // Only a hard stop interrupts us; a handler that left its interrupt behind does not end the worker.
            LOG.debug("interrupted while waiting");
            return RingConsumer.EMPTY;
        } catch (ChecksumException e) {
            // The ring has skipped it: nobody can handle what it was.
            LOG.warn("a damaged message was skipped", e);
            inHand = InHand.NOTHING;
            place.count(WorkerLayout.FAILED);
            return 1;
        } catch (CorruptRingException e) {
            return passOver(e);
        }
    }

    /** Goes on with the other lanes; what was handled of them in this batch is acknowledged. */
    private int passOver(CorruptRingException e) {
        if (e == ours || !hasOtherLanes) {
            throw e;
        }
        inHand = InHand.NOTHING;
        if (damages.note(e)) {
            LOG.warn("a damaged place of the ring is passed over", e);
            place.count(WorkerLayout.DAMAGED);
        } else if (damages.isAllThatIsLeft() && spec.endsWithStream() && consumer.producerState() == PeerState.CLOSED) {
            // No end to be taken for a good one.
            throw e;
        }
        return DAMAGE;
    }

    private void pauseAndReturn() {
        if (errors.nack()) {
            consumer.nack();
        }
        long end = System.nanoTime() + errors.pause().toNanos();
        while (end - System.nanoTime() > 0 && !worker.isStopping()) {
            // Also clears an interrupt that the handler left, which would keep us from parking.
            if (Thread.interrupted()) {
                LOG.debug("interrupted while pausing");
            }
            LockSupport.parkNanos(Math.min(end - System.nanoTime(), SLICE.toNanos()));
        }
    }

    // ---- a message ------------------------------------------------------------------------------------------------

    private void handle(Message message) {
        damages.reset();
        if (worker.isStoppingNow()) {
            throw stop;
        }
        long delivery = countDelivery(message);
        if (delivery > 1) {
            place.count(WorkerLayout.REDELIVERED);
        }
        if (isGivenUpUntried(delivery)) {
            resort(message, null);
        } else {
            deliver(message, delivery);
        }
        // It does not come again.
        if (inHand == suspect) {
            suspect = InHand.NOTHING;
        }
        inHand = InHand.NOTHING;
    }

    /**
     * Whether so many processes died with a message that nobody shall try again. That is not for a worker to say whose last
     * resort is to end: the next one tries, or else one failure would end all that come after it. And an MPMC ring counts a
     * delivery of what was next when a worker was stopped or killed in front of it: what nobody has seen is not discarded.
     */
    private boolean isGivenUpUntried(long delivery) {
        return switch (errors.lastResort()) {
            case STOP -> false;
            case DEAD_LETTER -> delivery > errors.deliveries();
            case DISCARD -> delivery > errors.deliveries() + (ringCounts ? 1 : 0);
        };
    }

    private void deliver(Message message, long delivery) {
        try {
            spec.handler().handle(message);
        } catch (Exception e) {
            answer(message, delivery, e);
            return;
        }
        place.count(WorkerLayout.DELIVERED);
    }

    /** The number of this delivery, as far as it is known; noted, where that is needed, for whoever comes after us. */
    private long countDelivery(Message message) {
        if (ringCounts) {
            return message.deliveryCount();
        }
        long given = InHand.message(message.lane(), message.position());
        if (given == inHand) {
            tries++;
        } else if (given == suspect) {
            tries = suspectTries + 1;
        } else {
            tries = 1;
        }
        inHand = given;
        if (suspect != InHand.NOTHING) {
            lookOutForTheSuspect(given);
        }
        place.setInHand(given, tries);
        return tries;
    }

    /** Ends what is done because of the suspect when it cannot come any more, or is long in coming. */
    private void lookOutForTheSuspect(long given) {
        if (!InHand.areOfOneLane(given, suspect)) {
            oneByOne--;
        } else if (InHand.isBehind(given, suspect)) {
            // It was acknowledged: batches again.
            suspect = InHand.NOTHING;
        } else {
            oneByOne = MOST_ONE_BY_ONE;
        }
    }

    private void answer(Message message, long delivery, Exception thrown) {
        if (worker.isStoppingNow()) {
            if (!ringCounts) {
                // We have ended it, not the message.
                place.setInHand(inHand, tries - 1);
            }
            throw stop;
        }
        place.count(WorkerLayout.FAILED);
        LOG.debug("delivery {} of the message at {} failed", delivery, message.position(), thrown);
        if (delivery < errors.deliveries()) {
            throw again;
        }
        resort(message, thrown);
    }

    private void resort(Message message, Exception thrown) {
        switch (errors.lastResort()) {
            case STOP -> throw new HandlerFailedException(message.position(), thrown);
            case DISCARD -> {
                LOG.warn("the message at {} was given up", message.position(), thrown);
                place.count(WorkerLayout.DISCARDED);
            }
            case DEAD_LETTER -> {
                try {
                    // A death above this line leaves the message; behind it, the message and its copy; neither loses
                    // it.
                    deadLetters.put(message, onFull);
                } catch (InterruptedException e) {
                    throw worker.isStoppingNow() ? stop : again;
                } catch (CorruptRingException e) {
                    // The other ring's: it ends us.
                    ours = e;
                    throw e;
                }
                LOG.warn("the message at {} went to the dead letters", message.position(), thrown);
                place.count(WorkerLayout.DEAD_LETTERED);
            }
        }
    }
}
