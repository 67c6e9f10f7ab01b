package io.sluice.ringbuffer.lane;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.waiting.WakeWord;
import io.sluice.ringbuffer.record.RecordFormat;
import io.sluice.ringbuffer.record.Records;
import java.util.List;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where a lane is and how its records look.
 *
 * @param memory the region as the calling process sees it
 * @param base offset of the lane, see {@link LaneLayout}
 * @param capacity bytes of the record area, a power of two
 * @param format of the records
 * @param index of the lane among those of its ring; {@link #ONLY} where there is but one
 */
public record Lane(RegionMemory memory, long base, long capacity, RecordFormat format, int index) {

    /** Index of the lane of a ring that has no other: exceptions do not name it. */
    public static final int ONLY = -1;

    /** Checks that nothing is missing. */
    public Lane {
        Objects.requireNonNull(memory, "memory");
        Objects.requireNonNull(format, "format");
    }

    /** What its messages call it, see {@link io.sluice.api.ring.Message#lane}. */
    int number() {
        return Math.max(0, index);
    }

    /** Offset in the region of what {@link LaneLayout} calls {@code field}. */
    long at(long field) {
        return base + field;
    }

    /** Where its producer sleeps when there is no room. */
    public WakeWord space() {
        return new WakeWord(memory, at(LaneLayout.SPACE));
    }

    /** Where who uses a ring of several lanes sleeps: its consumers at {@code data}, the producers each at its lane. */
    public static List<WakeWord> wakeWords(WakeWord data, int lanes, IntFunction<Lane> lane) {
        return Stream.concat(
                        Stream.of(data),
                        IntStream.range(0, lanes).mapToObj(lane).map(Lane::space))
                .toList();
    }

    /** Offset in the region of the ticket of the record at {@code position}. */
    long ticketAt(long position) {
        return base + LaneLayout.RECORDS + (position & (capacity - 1)) + format.ticketAt();
    }

    /** Says that {@code field} is damaged, unless it only looks so because the memory was detached. */
    public CorruptRingException corrupt(String field, long position, String expected, String found) {
        memory.checkAttached();
        String label = index == ONLY ? "" : "lane " + index + " ";
        return new CorruptRingException(memory.name(), label + field, position, expected, found);
    }

    /**
     * Passes over a detachment that was met behind the store of {@code value} at {@code offset}: another thread closes the
     * ring, and wakes everybody. Refuses to go on if the store did not come to the region.
     */
    void checkStored(long offset, long value, DetachedException e) {
        if (!memory.isStored(offset, value)) {
            throw e;
        }
    }

    /** Refuses a position at which no record can start. */
    void checkAligned(String field, long position) {
        if ((position & (Records.ALIGNMENT - 1)) != 0) {
            throw corrupt(field, position, "a multiple of " + Records.ALIGNMENT, Long.toString(position));
        }
    }
}
