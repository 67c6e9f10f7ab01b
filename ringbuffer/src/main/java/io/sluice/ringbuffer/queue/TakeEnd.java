package io.sluice.ringbuffer.queue;

import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.MalformedMessageException;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.ringbuffer.record.Records;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The end of a queue where elements come out, for all threads of this process. */
final class TakeEnd<E> {

    private static final Logger LOG = LoggerFactory.getLogger(TakeEnd.class);

    /** How often one looks for a new peer after the old one was lost: nothing announces it. */
    private static final long PEER_PAUSE_NANOS = 1_000_000;

    private final Ring ring;
    private final boolean competing; // whether others take from the ring, too
    private final PeerLoss peerLoss;
    private final SharedHandle<RingConsumer> shared;
    private final Supplier<RingConsumer> join;
    // All guarded by the lock.
    private final Received<E> received;
    private final Removals removals = new Removals();
    private final RecordSizes sizes;
    private final MessageHandler receive;
    private final StopBatchException stop = new StopBatchException();

    TakeEnd(Ring ring, QueueSpec<E> spec, SharedHandle<RingConsumer> shared) {
        this.ring = ring;
        this.competing = ring.kind() == RingKind.MPMC;
        this.peerLoss = spec.peerLoss();
        this.shared = shared;
        this.join = ring::consumer;
        this.received = new Received<>(spec.codec());
        this.sizes = new RecordSizes(spec.ring());
        this.receive = message -> {
            if (!removals.pass(message)) {
                shared.setBusy(true);
                try {
                    received.keep(message);
                } finally {
                    shared.setBusy(false);
                }
                sizes.add(message.length());
            }
        };
    }

    // ---- one element ----------------------------------------------------------------------------------------------

    /** Takes without waiting; null if there is nothing. */
    E poll() {
        shared.lock.lock();
        try {
            return next();
        } finally {
            shared.lock.unlock();
        }
    }

    /** Takes, waiting for so many nanoseconds; null if nothing came. */
    E take(long nanos) throws InterruptedException {
        shared.lock.lockInterruptibly();
        try {
            E element = next();
            if (element != null) {
                return element;
            }
        } finally {
            shared.lock.unlock();
        }
        long start = System.nanoTime();
        if (!shared.turn.tryLock(nanos, TimeUnit.NANOSECONDS)) {
            return null;
        }
        try {
            shared.lock.lockInterruptibly();
            try {
                E element = null;
                while (element == null && await(receive, 1, start, nanos)) {
                    // null again if what came had been removed
                    element = received.pick();
                }
                passOverQuietly();
                return element;
            } finally {
                shared.lock.unlock();
            }
        } finally {
            shared.turn.unlock();
        }
    }

    /** The first element without taking it; null if there is none. */
    E peek() {
        List<Entry<E>> first = new ArrayList<>(1);
        shared.lock.lock();
        try {
            peekAndGiveBack(
                    message -> {
                        if (first.isEmpty() && !removals.has(message)) {
                            first.add(new Entry<>(Spot.of(message), received.read(message)));
                        }
                    },
                    removals.size() + 1);
        } finally {
            shared.lock.unlock();
        }
        return first.isEmpty() ? null : first.get(0).element();
    }

    private void peekAndGiveBack(MessageHandler handler, int limit) {
        try {
            peek(handler, limit);
        } catch (Throwable e) {
            try {
                giveBack();
            } catch (RuntimeException f) {
                e.addSuppressed(f);
            }
            throw e;
        }
        giveBack();
    }

    /** Where others take, too, what was seen is taken: nobody else would get it, also if it could not be read here. */
    private void giveBack() {
        if (competing && shared.isJoined()) {
            shared.get(join).nack();
        }
    }

    private E next() {
        E element = null;
        while (element == null && poll(receive, 1) > 0) {
            element = received.pick();
        }
        passOverQuietly();
        return element;
    }

    // ---- many elements --------------------------------------------------------------------------------------------

    /** Gives up to {@code limit} elements to {@code action}, and acknowledges them after it; returns how many. */
    int handle(Consumer<? super E> action, int limit) {
        Batch batch = new Batch(action);
        shared.lock.lock();
        try {
            return batch.handle(limit);
        } finally {
            shared.lock.unlock();
        }
    }

    /** The same, waiting for the first for so many nanoseconds. */
    int handle(Consumer<? super E> action, int limit, long nanos) throws InterruptedException {
        int handled = handle(action, limit);
        if (handled > 0) {
            return handled;
        }
        Batch batch = new Batch(action);
        long start = System.nanoTime();
        if (!shared.turn.tryLock(nanos, TimeUnit.NANOSECONDS)) {
            return 0;
        }
        try {
            shared.lock.lockInterruptibly();
            try {
                return batch.await(limit, start, nanos);
            } finally {
                shared.lock.unlock();
            }
        } finally {
            shared.turn.unlock();
        }
    }

    /** Discards everything that is there. */
    void clear() {
        shared.lock.lock();
        try {
            int most = mostMessages();
            int discarded;
            do {
                discarded = poll(removals::pass, most);
                most -= discarded;
            } while (discarded > 0 && most > 0);
        } finally {
            shared.lock.unlock();
        }
    }

    /** So many messages fit into the ring: a bound for those who would otherwise follow a busy producer for ever. */
    private int mostMessages() {
        return (int) Math.min(Integer.MAX_VALUE, ring.capacity() / Records.ALIGNMENT);
    }

    /** A batch in the user's hands. A message that is malformed ends it, or, if it comes first, is taken and told. */
    private final class Batch implements MessageHandler {

        private final Consumer<? super E> action;
        private int count;

        Batch(Consumer<? super E> action) {
            this.action = action;
        }

        @Override
        public void onMessage(Message message) {
            if (removals.pass(message)) {
                return;
            }
            shared.setBusy(true);
            try {
                action.accept(read(message));
            } finally {
                shared.setBusy(false);
            }
            sizes.add(message.length());
            count++;
        }

        private E read(Message message) {
            try {
                return received.read(message);
            } catch (MalformedMessageException e) {
                throw stop;
            }
        }

        int handle(int limit) {
            int most = Math.min(limit, mostMessages());
            try {
                while (count < most && poll(this, most - count) > 0) {
                    // It counts.
                }
            } catch (StopBatchException e) {
                skipIfFirst();
            }
            passOverQuietly();
            return count;
        }

        int await(int limit, long start, long nanos) throws InterruptedException {
            try {
                while (count == 0 && TakeEnd.this.await(this, limit, start, nanos)) {
                    // Everything that came had been removed.
                }
            } catch (StopBatchException e) {
                skipIfFirst();
            }
            passOverQuietly();
            return count;
        }

        private void skipIfFirst() {
            if (count == 0) {
                next();
            }
        }
    }

    // ---- looking at elements --------------------------------------------------------------------------------------

    /** Everything that is there, in order. */
    List<Entry<E>> snapshot() {
        checkAlone();
        List<Entry<E>> entries = new ArrayList<>();
        shared.lock.lock();
        try {
            peek(
                    message -> {
                        if (!removals.has(message)) {
                            entries.add(new Entry<>(Spot.of(message), received.read(message)));
                        }
                    },
                    Integer.MAX_VALUE);
        } finally {
            shared.lock.unlock();
        }
        return entries;
    }

    /** How many elements there are, or -1 if this process has not joined at this end, or others take, too. */
    int count() {
        shared.lock.lock();
        try {
            if (!shared.isJoined() || competing) {
                return -1;
            }
            return countAmong(Integer.MAX_VALUE);
        } finally {
            shared.lock.unlock();
        }
    }

    /** Whether there is no element; also false if this process has not joined at this end. */
    boolean isSeenEmpty() {
        shared.lock.lock();
        try {
            return shared.isJoined() && !competing && countAmong(removals.size() + 1) == 0;
        } finally {
            shared.lock.unlock();
        }
    }

    /** How many of the first so many messages were not removed. Some that were may not come: of a damaged lane. */
    private int countAmong(int messages) {
        int[] count = {0};
        peek(message -> count[0] += removals.has(message) ? 0 : 1, messages);
        return count[0];
    }

    private void checkAlone() {
        if (competing) {
            throw new UnsupportedOperationException(name()
                    + ": other processes take from this ring, too; what is not taken can be neither seen nor removed");
        }
    }

    private String name() {
        return ring.region().address().toString();
    }

    /** Removes the elements, or the first of them, that {@code wanted} says; returns whether there was any. */
    boolean remove(Predicate<Entry<E>> wanted, boolean all) {
        checkAlone();
        List<Spot> found = new ArrayList<>();
        shared.lock.lock();
        try {
            peek(
                    message -> {
                        if ((all || found.isEmpty()) && !removals.has(message)) {
                            Entry<E> entry = new Entry<>(Spot.of(message), received.read(message));
                            if (wanted.test(entry)) {
                                found.add(entry.spot());
                            }
                        }
                    },
                    Integer.MAX_VALUE);
            found.forEach(removals::add);
            passOverTheFirst();
            return !found.isEmpty();
        } finally {
            shared.lock.unlock();
        }
    }

    /** Gives back the room of removed elements that come first. */
    private void passOverTheFirst() {
        boolean[] removed = {removals.size() > 0};
        while (removed[0]) {
            removed[0] = false;
            peek(message -> removed[0] = removals.has(message), 1);
            if (removed[0]) {
                takeOutRemoved();
            }
        }
    }

    private void takeOutRemoved() {
        try {
            poll(this::passOrStop, 1);
        } catch (StopBatchException e) {
            LOG.debug("{}: something else came first", name());
        }
    }

    private void passOrStop(Message message) {
        if (!removals.pass(message)) {
            // Not what was shown: it stays first.
            throw stop;
        }
    }

    /** The same behind elements that were taken and must be returned: what is wrong with the next is told next time. */
    private void passOverQuietly() {
        if (removals.size() > 0) {
            try {
                passOverTheFirst();
            } catch (RuntimeException e) {
                LOG.debug(
                        "{}: removed elements could not be passed over yet",
                        ring.region().address(),
                        e);
            }
        }
    }

    /** Bytes in the ring as this end sees them, or -1 if it has not joined. */
    long backlogBytes() {
        shared.lock.lock();
        try {
            return shared.isJoined() ? shared.get(join).backlogBytes() : -1;
        } finally {
            shared.lock.unlock();
        }
    }

    /** Bytes of the ring that an element takes on average; 0 if none was taken. */
    double averageBytes() {
        shared.lock.lock();
        try {
            return sizes.average();
        } finally {
            shared.lock.unlock();
        }
    }

    // ---- the ring, under the lock ---------------------------------------------------------------------------------

    private int poll(MessageHandler handler, int limit) {
        received.forget();
        try {
            return shared.get(join).poll(handler, limit);
        } catch (LeaseLostException e) {
            leave();
            throw e;
        }
    }

    private int peek(MessageHandler handler, int limit) {
        RingConsumer consumer = shared.get(join);
        shared.setBusy(true);
        try {
            return consumer.peek(handler, limit);
        } catch (LeaseLostException e) {
            leave();
            throw e;
        } finally {
            shared.setBusy(false);
        }
    }

    /** Waits for messages and handles them; false if time is over. The thread has the turn. */
    private boolean await(MessageHandler handler, int limit, long start, long nanos) throws InterruptedException {
        while (true) {
            long left = nanos - (System.nanoTime() - start);
            int result;
            received.forget();
            try {
                result = shared.get(join).take(handler, limit, Duration.ofNanos(Math.max(0, left)));
            } catch (LeaseLostException e) {
                leave();
                throw e;
            }
            if (result > 0) {
                return true;
            }
            if (left <= 0) {
                return false;
            }
            if (result != RingConsumer.EMPTY) {
                noticeLoss(result, left);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void noticeLoss(int result, long nanosLeft) {
        if (peerLoss == PeerLoss.REPORT) {
            throw result == RingConsumer.CLOSED
                    ? new QueueClosedException(name())
                    : new PeerDiedException(name(), "put into");
        }
        shared.lock.unlock();
        try {
            LockSupport.parkNanos(Math.min(nanosLeft, PEER_PAUSE_NANOS));
        } finally {
            shared.lock.lock();
        }
    }

    private void leave() {
        shared.forget();
        // Whoever has the role now does not know of them.
        removals.clear();
    }
}
