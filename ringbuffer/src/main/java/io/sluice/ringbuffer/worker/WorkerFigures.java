package io.sluice.ringbuffer.worker;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the workers on a ring have done, read by any process without taking part. The figures of a worker that died are
 * the last that it stored; each was stored after what it counts.
 *
 * @param places one for each thread that is or was at work; a place's figures include those of its earlier owners
 */
public record WorkerFigures(List<Place> places) {

    /** Copies the list. */
    public WorkerFigures {
        places = List.copyOf(places);
    }

    /**
     * A thread's figures.
     *
     * @param token of its process, 0 if it left
     * @param alive whether that process is
     * @param state what the thread is about; that of a dead process is what it was about
     * @param since when it came
     * @param delivered messages that were handled
     * @param redelivered deliveries that were not the first of their message
     * @param failed deliveries that ended with an exception
     * @param deadLettered messages copied to the ring of dead letters
     * @param discarded messages given up
     * @param fullWaits how often the ring of dead letters was found full with a dead letter in hand: once when the wait
     *     for room begins and once more after each 20 milliseconds of it, or each millisecond if whoever consumes the
     *     dead letters is dead; the threads of a worker take turns, and one that waits for its turn is not counted
     * @param lagBytes bytes in the ring behind the last batch
     * @param damaged places of the ring that were found damaged and passed over, each counted once by each thread
     */
    public record Place(
            long token,
            boolean alive,
            WorkerState state,
            Instant since,
            long delivered,
            long redelivered,
            long failed,
            long deadLettered,
            long discarded,
            long fullWaits,
            long lagBytes,
            long damaged) {}

    /** Whether a region of this kind holds figures of workers. */
    public static boolean isKind(String regionKind) {
        return regionKind.equals(WorkerLayout.KIND);
    }

    /**
     * Reads the figures of the workers on a ring.
     *
     * @param figures see {@link WorkerSpec#figuresOf}
     * @param foreignOwner whether a file of another user is acceptable
     * @throws io.sluice.api.region.RegionException if there are none, or the file is something else; the
     *     subclass says which
     */
    public static WorkerFigures read(RegionAddress figures, boolean foreignOwner) {
        return Regions.inspect(figures, foreignOwner, WorkerFigures::read);
    }

    private static WorkerFigures read(RegionInfo region, RegionMemory memory) {
        check(region);
        return of(memory);
    }

    private static void check(RegionInfo region) {
        if (!isKind(region.kind())) {
            throw new RegionFormatException(region.path(), "kind", WorkerLayout.KIND, region.kind());
        }
        long bytes = RegionSpec.of(WorkerLayout.KIND, WorkerLayout.BODY_BYTES).fileBytes();
        if (region.sizeBytes() != bytes) {
            throw new RegionFormatException(region.path(), "file size for workers", bytes, region.sizeBytes());
        }
    }

    static WorkerFigures of(RegionMemory memory) {
        List<Place> places = new ArrayList<>();
        for (int index = 0; index < WorkerLayout.PLACE_COUNT; index++) {
            long place = WorkerLayout.place(index);
            WorkerState state = WorkerState.of(memory.getLongAcquire(place + WorkerLayout.STATE));
            if (state != WorkerState.NONE) {
                places.add(place(memory, place, state));
            }
        }
        return new WorkerFigures(places);
    }

    private static Place place(RegionMemory memory, long place, WorkerState state) {
        long token = memory.getLongAcquire(place + WorkerLayout.OWNER);
        return new Place(
                token,
                memory.isAlive(token),
                state,
                Instant.ofEpochMilli(memory.getLong(place + WorkerLayout.SINCE_MILLIS)),
                memory.getLongAcquire(place + WorkerLayout.DELIVERED),
                memory.getLongAcquire(place + WorkerLayout.REDELIVERED),
                memory.getLongAcquire(place + WorkerLayout.FAILED),
                memory.getLongAcquire(place + WorkerLayout.DEAD_LETTERED),
                memory.getLongAcquire(place + WorkerLayout.DISCARDED),
                memory.getLongAcquire(place + WorkerLayout.FULL_WAITS),
                memory.getLongAcquire(place + WorkerLayout.LAG),
                memory.getLongAcquire(place + WorkerLayout.DAMAGED));
    }
}
