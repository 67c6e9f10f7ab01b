package io.sluice.ringbuffer.worker;

import io.sluice.api.region.Region;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.Rings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Runs a handler over a ring, in one thread or, over an MPMC ring, in several; other processes may run workers on the
 * same MPMC ring.
 *
 * <pre>{@code
 * WorkerSpec spec = WorkerSpec.of(RingSpec.spsc("orders", 1 << 20), WorkerHandler.of(Codecs.strings(), this::ship))
 *         .withErrors(ErrorPolicy.deadLetter(RingSpec.spsc("orders.dead", 1 << 20)).withDeliveries(3, ONE_SECOND));
 * try (Worker worker = Worker.start(spec)) {
 *     worker.await(Duration.ofHours(8));
 *     worker.drain(Duration.ofSeconds(10));
 * }
 * }</pre>
 *
 * <p><b>Nothing is lost.</b> A message is acknowledged after its handler returned, or after its copy among the dead
 * letters was committed; so a message may come twice. When a worker dies, what its batch had not acknowledged comes
 * again, at most {@link WorkerSpec#batch} messages, to the next worker or to another one. The message that a worker of
 * an SPSC or MPSC ring died with is known from its figures, by its lane and position: until it is through, its successor
 * acknowledges one message at a time, and after {@link ErrorPolicy#deliveries} deliveries, deaths included, it takes
 * the last resort instead of trying again. An MPMC ring counts by itself.
 *
 * <p><b>Damage.</b> A lane of an MPSC or MPMC ring that is damaged is logged and counted
 * ({@link WorkerFigures.Place#damaged}), and the worker goes on with the other lanes; an SPSC ring has none, so the
 * worker ends. One that ends with the stream ends with the damage as its failure where messages are left that nobody
 * can read.
 *
 * <p><b>Ending.</b> {@link #drain} handles what is there and ends; {@link #stop} finishes the batch in hand and ends;
 * {@link #stopNow} interrupts the handlers and leaves their messages unacknowledged, unless they return all the same.
 *
 * <p><b>Figures</b> of all workers on a ring are in a region beside it, for other processes:
 * {@link WorkerFigures#read}. Those of a dead worker stay, and say that it is dead.
 *
 * <p><b>Progress.</b> A worker handles what its ring delivers, see {@link RingConsumer}: no other process that is
 * stopped or killed keeps it from that, but for a full ring of dead letters, which it waits for whether or not anybody
 * reads it. A thread that finds nothing sees after 20 milliseconds at the latest that the worker is to end; one whose
 * handler does not return ends when that does. The methods do not wait but for those that say so.
 *
 * <p>Any thread may call the methods, the handler's own, too, but for those that wait for the end.
 */
public final class Worker implements AutoCloseable {

    private final Ring ring;
    private final DeadLetters deadLetters;
    private final Region figures;
    private final List<Thread> threads = new ArrayList<>();
    private final CountDownLatch running;
    private final AtomicReference<Throwable> failure = new AtomicReference<>();
    private volatile boolean draining;
    private volatile boolean stopping;
    private volatile boolean stoppingNow;

    private Worker(WorkerSpec spec, Opened opened) {
        this.ring = opened.ring;
        this.deadLetters = opened.deadLetters;
        this.figures = opened.figures;
        this.running = new CountDownLatch(spec.threads());
        for (int index = 0; index < spec.threads(); index++) {
            WorkerThread thread =
                    new WorkerThread(this, spec, opened.consumers.get(index), opened.places.get(index), deadLetters);
            threads.add(
                    new Thread(thread, "sluice-worker-" + spec.ring().address().name() + "-" + index));
        }
    }

    /**
     * Joins the ring and starts.
     *
     * @throws io.sluice.api.ring.RoleTakenException if the ring has no place for so many consumers, or the ring of dead
     *     letters none for another producer
     * @throws io.sluice.api.region.RegionException if a region is refused; the subclass says why
     * @throws IllegalArgumentException if the ring of dead letters takes shorter messages than the ring
     */
    public static Worker start(WorkerSpec spec) {
        Opened opened = new Opened();
        boolean complete = false;
        try {
            opened.open(spec);
            Worker worker = new Worker(spec, opened);
            worker.threads.forEach(Thread::start);
            complete = true;
            return worker;
        } finally {
            if (!complete) {
                opened.close();
            }
        }
    }

    /** What a worker needs, as far as it was had. */
    private static final class Opened {

        private Ring ring;
        private DeadLetters deadLetters;
        private Region figures;
        private final List<RingConsumer> consumers = new ArrayList<>();
        private final List<WorkerPlace> places = new ArrayList<>();

        void open(WorkerSpec spec) {
            ring = spec.ring().capacity() == 0 ? Rings.open(spec.ring()) : Rings.openOrCreate(spec.ring());
            if (spec.errors().deadLetters() != null) {
                deadLetters = new DeadLetters(spec.errors().deadLetters(), ring);
            }
            figures = openFigures(spec);
            for (int index = 0; index < spec.threads(); index++) {
                // The role first: where there is one consumer, its place is then the one that the last one had.
                consumers.add(ring.consumer());
                WorkerPlace place = WorkerPlace.take(figures.memory());
                if (place == null) {
                    throw new IllegalStateException(figures.address() + ": all " + WorkerLayout.PLACE_COUNT
                            + " places for the figures of workers are taken");
                }
                places.add(place);
                place.begin(identityOf(ring));
            }
        }

        private static Region openFigures(WorkerSpec spec) {
            Region region = Regions.openOrCreate(
                    WorkerSpec.figuresOf(spec.ring().address()),
                    RegionSpec.of(WorkerLayout.KIND, WorkerLayout.BODY_BYTES),
                    spec.ring().options());
            long bytes =
                    RegionSpec.of(WorkerLayout.KIND, WorkerLayout.BODY_BYTES).fileBytes();
            if (region.sizeBytes() != bytes) {
                region.detach();
                throw new RegionFormatException(
                        region.address().path(), "file size for workers", bytes, region.sizeBytes());
            }
            return region;
        }

        void close() {
            places.forEach(place -> place.leave(WorkerState.FAILED));
            closeAll(ring, deadLetters, figures);
        }
    }

    /** Who has created a ring, and when: tells it from others that had its name before. */
    static long identityOf(Ring ring) {
        RegionInfo info = ring.region().stat();
        return info.creatorPid() << 44 ^ info.created().toEpochMilli();
    }

    private static void closeAll(Ring ring, DeadLetters deadLetters, Region figures) {
        if (ring != null) {
            ring.close();
        }
        if (deadLetters != null) {
            deadLetters.close();
        }
        if (figures != null) {
            figures.detach();
        }
    }

    // ---- for its threads ------------------------------------------------------------------------------------------

    boolean isDraining() {
        return draining;
    }

    boolean isStopping() {
        return stopping;
    }

    boolean isStoppingNow() {
        return stoppingNow;
    }

    /** A thread has left the ring, with a failure or with null. One that fails ends the others. */
    void ended(Throwable cause) {
        if (cause != null && !failure.compareAndSet(null, cause)) {
            failure.get().addSuppressed(cause);
        }
        if (cause != null) {
            stopping = true;
        }
        running.countDown();
    }

    // ---- ending ---------------------------------------------------------------------------------------------------

    /** Waits for the end of all threads; returns whether it came in time. */
    public boolean await(Duration timeout) throws InterruptedException {
        return running.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Handles everything that is there and ends; returns whether that was done in time. */
    public boolean drain(Duration timeout) throws InterruptedException {
        draining = true;
        return await(timeout);
    }

    /** Finishes the batch in hand and ends; returns whether that was done in time. */
    public boolean stop(Duration timeout) throws InterruptedException {
        stopping = true;
        return await(timeout);
    }

    /** Interrupts the handlers and ends; returns whether they let it in time. */
    public boolean stopNow(Duration timeout) throws InterruptedException {
        stoppingNow = true;
        stopping = true;
        threads.forEach(Thread::interrupt);
        return await(timeout);
    }

    /** Whether all threads have ended. */
    public boolean isEnded() {
        return running.getCount() == 0;
    }

    /** What ended the worker against its will, if anything did. */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure.get());
    }

    /** The figures of all workers on the ring, those of other processes included. */
    public WorkerFigures figures() {
        return WorkerFigures.of(figures.memory());
    }

    /**
     * As {@link #stop}, waiting for the batch in hand as long as it takes, then gives up the ring. An interrupt while
     * waiting turns it into {@link #stopNow}, and is kept for later. Idempotent.
     */
    @Override
    public void close() {
        stopping = true;
        boolean interrupted = false;
        while (!isEnded()) {
            try {
                running.await();
            } catch (InterruptedException e) {
                interrupted = true;
                stoppingNow = true;
                threads.forEach(Thread::interrupt);
            }
        }
        closeAll(ring, deadLetters, figures);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
