package io.sluice.ringbuffer.worker;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import java.util.Objects;

/**
 * What a worker does. Immutable; each {@code with} method returns a changed copy.
 *
 * @param ring where the messages come from, and how its threads wait; created if it has a capacity and does not exist
 * @param handler what is done with them
 * @param threads how many, each with a consumer of its own; more than 1 only over MPMC rings
 * @param batch most messages that are handled before they are acknowledged: how many may come again when a worker dies
 * @param errors what is done when the handler throws
 * @param endsWithStream whether the worker ends when everything was handled and the ring was closed; otherwise it waits
 *     for the next producer
 */
public record WorkerSpec(
        RingSpec ring, WorkerHandler handler, int threads, int batch, ErrorPolicy errors, boolean endsWithStream) {

    /** Most threads of all workers on one ring at a time. */
    public static final int MOST_THREADS = WorkerLayout.PLACE_COUNT;

    private static final int USUAL_BATCH = 64;

    /** Checks the numbers. */
    public WorkerSpec {
        Objects.requireNonNull(ring, "ring");
        Objects.requireNonNull(handler, "handler");
        Objects.requireNonNull(errors, "errors");
        if (threads < 1 || threads > MOST_THREADS || (threads > 1 && ring.kind() != RingKind.MPMC)) {
            throw new IllegalArgumentException(ring.address() + ": " + threads + " threads; a ring of kind "
                    + ring.kind() + " allows 1" + (ring.kind() == RingKind.MPMC ? " to " + MOST_THREADS : ""));
        }
        if (batch < 1) {
            throw new IllegalArgumentException(ring.address() + ": batch of " + batch + " messages");
        }
        if (ring.kind() == RingKind.BROADCAST) {
            throw new IllegalArgumentException(ring.address() + ": no workers on broadcast rings");
        }
    }

    /** One thread, batches of {@value #USUAL_BATCH}, ending with the handler's first exception. */
    public static WorkerSpec of(RingSpec ring, WorkerHandler handler) {
        return new WorkerSpec(ring, handler, 1, USUAL_BATCH, ErrorPolicy.stop(), false);
    }

    /** The same with so many threads. */
    public WorkerSpec withThreads(int newThreads) {
        return new WorkerSpec(ring, handler, newThreads, batch, errors, endsWithStream);
    }

    /** The same with another batch. */
    public WorkerSpec withBatch(int newBatch) {
        return new WorkerSpec(ring, handler, threads, newBatch, errors, endsWithStream);
    }

    /** The same with another answer to exceptions. */
    public WorkerSpec withErrors(ErrorPolicy newErrors) {
        return new WorkerSpec(ring, handler, threads, batch, newErrors, endsWithStream);
    }

    /** The same, ending with the stream. */
    public WorkerSpec untilClosed() {
        return new WorkerSpec(ring, handler, threads, batch, errors, true);
    }

    /** Where the figures of all workers on {@code ring} are: beside it, with {@code .worker} behind its name. */
    public static RegionAddress figuresOf(RegionAddress ring) {
        return RegionAddress.of(ring.directory(), ring.name() + ".worker");
    }
}
