package io.sluice.ringbuffer.queue;

import io.sluice.api.region.Region;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import java.time.Duration;
import java.util.AbstractQueue;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * A {@link BlockingQueue} between processes: what {@code java.util.concurrent.ArrayBlockingQueue} is between threads,
 * over a ring in shared memory. Elements are copied by a {@link io.sluice.api.codec.Codec}, so what comes out equals
 * what went in and is another object.
 *
 * <pre>{@code
 * QueueSpec<String> spec = QueueSpec.of(RingSpec.spsc("orders", 1 << 20), Codecs.strings());
 * try (SharedBlockingQueue<String> orders = SharedBlockingQueue.openOrCreate(spec)) {
 *     orders.put("one");                     // in one process
 *     String order = orders.take();          // in another
 * }
 * }</pre>
 *
 * <p><b>Threads and processes.</b> Any thread of a process may call any method; calls that do not wait never wait for
 * one that does. How many processes may put and take at a time is up to the ring. A process joins the ring as a
 * producer with the first element that it puts, and as a consumer with the first call that takes or looks at elements,
 * and has that role until it closes the queue or dies; where another live process has it, the call throws
 * {@link io.sluice.api.ring.RoleTakenException}. {@link #size()}, {@link #isEmpty()}, {@link #remainingCapacity()} and
 * {@link #toString()} take no role.
 *
 * <p><b>Progress.</b> Between processes as the ring: no process that is stopped or killed anywhere keeps a call that
 * does not wait from returning. The threads of a process take turns, one at a time puts and one takes, so a call may
 * wait for as long as another thread's codec or handler runs.
 *
 * <p><b>Memory consistency.</b> As for any {@code BlockingQueue}, across processes: what a thread does before it puts
 * an element happens-before what another does after it took it.
 *
 * <p><b>Several processes that put</b> (an MPSC or MPMC ring): the elements of each come in the order in which it put
 * them. What order those of different processes come in is up to the ring, see
 * {@link io.sluice.api.ring.RingOrder}; unless it is the total one, {@link #iterator} and its relatives show all of one
 * process before those of the next, while taking goes round.
 *
 * <p><b>Several processes that take</b> (an MPMC ring): each element goes to one of them, and may do so at any moment as
 * long as it is not taken. So {@link #contains}, {@link #containsAll}, {@link #iterator}, {@link #spliterator},
 * {@link #stream}, {@link #forEach}, {@link #toArray}, {@link #remove(Object)}, {@link #removeIf}, {@link #removeAll}
 * and {@link #retainAll}, which say or change something of elements that stay, throw
 * {@link UnsupportedOperationException} there; {@link #peek} shows an element that another process may take next;
 * {@link #size} is an estimate that includes what others are taking just now. Over SPSC and MPSC rings all of them work.
 *
 * <p><b>Capacity</b> is in bytes, see {@link QueueSpec#capacityFor}. A message as long as half the capacity
 * fits at most.
 *
 * <p><b>When a process dies</b>
 * <ul>
 *   <li>An element whose {@code put} or {@code offer} returned is in the queue. One whose call had not returned is
 *       there as a whole or not at all.
 *   <li>An element that {@code take}, {@code poll}, {@code remove} returned is not delivered again, whatever its
 *       process had done with it: at most once. {@link #handle} acknowledges elements after its handler returned: at
 *       least once. {@code drainTo} acknowledges what it put into the collection before it returns, and now and then
 *       meanwhile; what it had not acknowledged comes again.
 *   <li>Elements that were removed from the middle come back, unless all before them had been taken: see
 *       {@link #remove(Object)}.
 *   <li>A thread that waits in another process, for an element where nobody else puts, or for room where nobody else
 *       takes, gets a {@link PeerDiedException} once it has got everything that was put; within 20 milliseconds,
 *       usually at once. Calls that do not wait return {@code null} or {@code false}. See {@link PeerLoss}.
 * </ul>
 *
 * <p><b>Closing.</b> {@link #close()} ends this process's use and leaves the queue to others. {@link #finish()} says
 * that nothing more will come: threads that wait for an element get a {@link QueueClosedException} after the last one.
 * A peer that has not come yet, or has closed the queue, is waited for.
 *
 * <p><b>Elements that cannot be decoded</b>, because something else wrote to the ring or because of damage, are taken
 * out of the queue and answered with {@link io.sluice.api.ring.MalformedMessageException} or
 * {@link io.sluice.api.ring.ChecksumException} by the call that would have returned them; the next call goes on behind
 * them. Methods that look at elements without taking them throw the same as long as such an element is there.
 *
 * <p><b>Exceptions</b> of all methods that put, take or look at elements, beyond what each one says:
 * {@link io.sluice.api.ring.RoleTakenException} if live processes have every place that the ring has for the role,
 * {@link io.sluice.api.ring.CorruptRingException} if the ring is damaged,
 * {@link io.sluice.api.ring.LeaseLostException} if this process was held for dead and another one has got its role (the
 * next call joins again), and {@link io.sluice.api.memory.DetachedException} once the queue is closed.
 *
 * @param <E> the elements, none of them null
 */
public final class SharedBlockingQueue<E> extends AbstractQueue<E> implements BlockingQueue<E>, AutoCloseable {

    /** What an element is taken to need in the ring as long as none was seen. */
    private static final double USUAL_BYTES = 16;

    private final Ring ring;
    private final PutEnd<E> putEnd;
    private final TakeEnd<E> takeEnd;

    private SharedBlockingQueue(QueueSpec<E> spec, Function<RingSpec, Ring> open) {
        SharedHandle<RingProducer> producer = new SharedHandle<>();
        SharedHandle<RingConsumer> consumer = new SharedHandle<>();
        LendingWait wait = new LendingWait(spec.ring().waitStrategy(), consumer, producer);
        ring = open.apply(spec.ring().withWaitStrategy(wait));
        putEnd = new PutEnd<>(ring, spec, producer);
        takeEnd = new TakeEnd<>(ring, spec, consumer);
    }

    /** Creates a queue; see {@link Rings#create}. */
    public static <E> SharedBlockingQueue<E> create(QueueSpec<E> spec) {
        return new SharedBlockingQueue<>(spec, Rings::create);
    }

    /** Attaches to an existing queue; see {@link Rings#open}. */
    public static <E> SharedBlockingQueue<E> open(QueueSpec<E> spec) {
        return new SharedBlockingQueue<>(spec, Rings::open);
    }

    /** Attaches to a queue, creating it first if it does not exist; see {@link Rings#openOrCreate}. */
    public static <E> SharedBlockingQueue<E> openOrCreate(QueueSpec<E> spec) {
        return new SharedBlockingQueue<>(spec, Rings::openOrCreate);
    }

    // ---- putting --------------------------------------------------------------------------------------------------

    /**
     * Puts an element if there is room now. Also {@code false} if there is none and whoever should make some is dead.
     *
     * @throws IllegalArgumentException if the codec cannot encode it, or {@link
     *     io.sluice.api.ring.MessageTooLargeException} if it can never fit
     * @throws QueueClosedException after {@link #finish()}
     */
    @Override
    public boolean offer(E element) {
        return putEnd.offer(Objects.requireNonNull(element, "element"));
    }

    /**
     * Puts an element, waiting for room.
     *
     * @throws PeerDiedException if there is no room and the process that takes is dead, see {@link PeerLoss}
     * @throws InterruptedException if interrupted before or while waiting; the element is not in the queue
     */
    @Override
    public boolean offer(E element, long timeout, TimeUnit unit) throws InterruptedException {
        return putEnd.put(Objects.requireNonNull(element, "element"), unit.toNanos(timeout));
    }

    /** As {@link #offer(Object, long, TimeUnit)} without a time limit. */
    @Override
    public void put(E element) throws InterruptedException {
        Objects.requireNonNull(element, "element");
        boolean put = false;
        while (!put) {
            put = putEnd.put(element, Long.MAX_VALUE);
        }
    }

    /**
     * Says that nothing more will come from this process. In a ring with one producer that ends the queue: whoever
     * takes gets what is there and then {@link QueueClosedException}. Later puts through this object throw that, too; a
     * process that puts later opens the queue again. Idempotent.
     */
    public void finish() {
        putEnd.finish();
    }

    // ---- taking ---------------------------------------------------------------------------------------------------

    /**
     * Takes an element if there is one now; {@code null} also if whoever put is dead or has finished the queue.
     *
     * @throws io.sluice.api.ring.RoleTakenException if the ring has no place for another process that takes
     * @throws io.sluice.api.ring.MalformedMessageException if the first element cannot be decoded; it was taken
     * @throws io.sluice.api.ring.ChecksumException if it does not match its checksum; it was taken
     */
    @Override
    public E poll() {
        return takeEnd.poll();
    }

    /**
     * Takes an element, waiting for one. Throws what {@link #poll()} throws, too.
     *
     * @throws PeerDiedException if everything was taken and the process that puts is dead, see {@link PeerLoss}
     * @throws QueueClosedException if everything was taken and whoever put has finished the queue, see {@link PeerLoss}
     * @throws InterruptedException if interrupted before or while waiting; nothing was taken
     */
    @Override
    public E poll(long timeout, TimeUnit unit) throws InterruptedException {
        return takeEnd.take(unit.toNanos(timeout));
    }

    /** As {@link #poll(long, TimeUnit)} without a time limit. */
    @Override
    public E take() throws InterruptedException {
        E element = null;
        while (element == null) {
            element = takeEnd.take(Long.MAX_VALUE);
        }
        return element;
    }

    /**
     * Shows the first element without taking it; {@code null} if there is none.
     *
     * @throws io.sluice.api.ring.RoleTakenException if the ring has no place for another process that takes
     * @throws io.sluice.api.ring.MalformedMessageException if it cannot be decoded; it stays
     * @throws io.sluice.api.ring.ChecksumException if it does not match its checksum; it stays
     */
    @Override
    public E peek() {
        return takeEnd.peek();
    }

    /** As {@link #drainTo(Collection, int)} without a limit but what fits into the ring at a time. */
    @Override
    public int drainTo(Collection<? super E> target) {
        return drainTo(target, Integer.MAX_VALUE);
    }

    /**
     * Takes up to {@code maxElements} that are there now. If {@code target} refuses an element, the ones before are in
     * it, this one stays in the queue. Stops in front of an element that cannot be decoded.
     *
     * @return how many were put into {@code target}
     * @throws IllegalArgumentException if {@code target} is this queue
     * @throws io.sluice.api.ring.RoleTakenException if the ring has no place for another process that takes
     * @throws io.sluice.api.ring.MalformedMessageException if the first element cannot be decoded; it was taken
     * @throws io.sluice.api.ring.ChecksumException if an element does not match its checksum; it was taken, the ones
     *     before are in {@code target}
     */
    @Override
    public int drainTo(Collection<? super E> target, int maxElements) {
        Objects.requireNonNull(target, "target");
        if (target == this) {
            throw new IllegalArgumentException(name() + ": cannot be drained into itself");
        }
        return maxElements <= 0 ? 0 : takeEnd.handle(target::add, maxElements);
    }

    /**
     * Takes elements that count as taken when they were handled: those whose handling a crash cuts short are delivered
     * again, with those before them in the same call that were not yet acknowledged. If {@code handler} throws, the
     * elements before are acknowledged, this one comes first next time, and the exception is thrown on.
     *
     * <p>Other threads of this process cannot take anything meanwhile. The handler may use the queue only to put.
     *
     * @param limit most elements, above 0
     * @param timeout how long to wait for the first; zero does not wait
     * @return how many were handled
     * @throws IllegalArgumentException if {@code limit} is not above 0
     * @throws io.sluice.api.ring.MalformedMessageException as {@link #drainTo(Collection, int)}
     * @throws io.sluice.api.ring.ChecksumException as {@link #drainTo(Collection, int)}
     * @throws InterruptedException if interrupted before or while waiting; nothing was handled
     * @throws PeerDiedException as {@link #poll(long, TimeUnit)}
     * @throws QueueClosedException as {@link #poll(long, TimeUnit)}
     */
    public int handle(Consumer<? super E> handler, int limit, Duration timeout) throws InterruptedException {
        Objects.requireNonNull(handler, "handler");
        if (limit <= 0) {
            throw new IllegalArgumentException(name() + ": limit " + limit + " is not above 0");
        }
        if (timeout.isZero() || timeout.isNegative()) {
            return takeEnd.handle(handler, limit);
        }
        return takeEnd.handle(handler, limit, nanos(timeout));
    }

    private static long nanos(Duration timeout) {
        return timeout.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0 ? Long.MAX_VALUE : timeout.toNanos();
    }

    /** Takes and discards everything that is there, without decoding it. */
    @Override
    public void clear() {
        takeEnd.clear();
    }

    // ---- looking at elements --------------------------------------------------------------------------------------

    /**
     * How many elements there are: counted where this process takes from the queue, in time that grows with their
     * number; elsewhere estimated by the bytes in the ring, and 0 only if there are none.
     */
    @Override
    public int size() {
        int count = takeEnd.count();
        if (count >= 0) {
            return count;
        }
        long backlog = backlogBytes();
        return backlog == 0 ? 0 : (int) Math.max(1, Math.min(Integer.MAX_VALUE, Math.round(backlog / averageBytes())));
    }

    @Override
    public boolean isEmpty() {
        return takeEnd.isSeenEmpty() || backlogBytes() == 0;
    }

    /**
     * How many elements of the average length that was seen here would fit now: an estimate, exact where all have the
     * same. Elements that were removed from the middle still take room.
     */
    @Override
    public int remainingCapacity() {
        double free = ring.capacity() - backlogBytes();
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, free / averageBytes()));
    }

    private long backlogBytes() {
        long seen = takeEnd.backlogBytes();
        if (seen < 0) {
            seen = putEnd.backlogBytes();
        }
        return seen < 0 ? report().backlogBytes() : seen;
    }

    private double averageBytes() {
        double put = putEnd.averageBytes();
        double taken = takeEnd.averageBytes();
        double average = put > 0 ? put : taken;
        return average > 0 ? average : USUAL_BYTES;
    }

    /**
     * Removes the first element that equals {@code element}. One that is not the first of all stays in shared memory
     * until those before it were taken, and nobody gets it as long as this process lives and takes: if it dies or
     * closes the queue before that, the element is there again.
     */
    @Override
    public boolean remove(Object element) {
        return element != null && takeEnd.remove(entry -> element.equals(entry.element()), false);
    }

    /** As {@link #remove(Object)}. */
    @Override
    public boolean removeIf(Predicate<? super E> filter) {
        Objects.requireNonNull(filter, "filter");
        return takeEnd.remove(entry -> filter.test(entry.element()), true);
    }

    /** As {@link #remove(Object)}. */
    @Override
    public boolean removeAll(Collection<?> elements) {
        Objects.requireNonNull(elements, "elements");
        return removeIf(elements::contains);
    }

    /** As {@link #remove(Object)}. */
    @Override
    public boolean retainAll(Collection<?> elements) {
        Objects.requireNonNull(elements, "elements");
        return removeIf(element -> !elements.contains(element));
    }

    @Override
    public boolean contains(Object element) {
        return element != null && takeEnd.snapshot().stream().anyMatch(entry -> element.equals(entry.element()));
    }

    /**
     * Iterates over what is there now. {@link Iterator#remove()} is as {@link #remove(Object)}, of that very element.
     */
    @Override
    public Iterator<E> iterator() {
        return new Entries(takeEnd.snapshot().iterator());
    }

    @Override
    public Spliterator<E> spliterator() {
        return Spliterators.spliterator(toArray(), Spliterator.ORDERED | Spliterator.NONNULL);
    }

    @Override
    public Object[] toArray() {
        return elements().toArray();
    }

    @Override
    public <T> T[] toArray(T[] target) {
        return elements().toArray(target);
    }

    private List<E> elements() {
        return takeEnd.snapshot().stream().map(Entry::element).toList();
    }

    /** The elements, where this process takes from the queue; elsewhere its name. */
    @Override
    public String toString() {
        return takeEnd.count() < 0 ? getClass().getSimpleName() + "[" + name() + "]" : super.toString();
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    /** Who takes part, and how much is in the ring. */
    public RingReport report() {
        return Rings.report(ring.region().address(), true);
    }

    /** The region that holds the queue. */
    public Region region() {
        return ring.region();
    }

    private String name() {
        return ring.region().address().toString();
    }

    /**
     * Ends this process's use of the queue; what is in it waits for others. Threads of this process that wait in it,
     * and later calls, get {@link io.sluice.api.memory.DetachedException}. Idempotent.
     */
    @Override
    public void close() {
        ring.close();
    }

    /** Goes through a snapshot. */
    private final class Entries implements Iterator<E> {

        private final Iterator<Entry<E>> entries;
        private Entry<E> last;

        Entries(Iterator<Entry<E>> entries) {
            this.entries = entries;
        }

        @Override
        public boolean hasNext() {
            return entries.hasNext();
        }

        @Override
        public E next() {
            last = entries.next();
            return last.element();
        }

        @Override
        public void remove() {
            if (last == null) {
                throw new IllegalStateException("next() was not called, or its element was removed already");
            }
            Spot spot = last.spot();
            last = null;
            takeEnd.remove(entry -> entry.spot().equals(spot), false);
        }
    }
}
