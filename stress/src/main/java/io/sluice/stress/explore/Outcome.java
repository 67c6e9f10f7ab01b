package io.sluice.stress.explore;

import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;

/**
 * What an oracle sees of a finished execution: what was noted, in order, who died, and the memory at the end.
 */
public final class Outcome {

    /** What the machine notes for an actor at the moment at which it is killed. */
    public static final String DIES = "dies";

    private final List<Event> events;
    private final List<String> killed;
    private final LongUnaryOperator longs;

    Outcome(List<Event> events, List<String> killed, LongUnaryOperator longs) {
        this.events = events;
        this.killed = killed;
        this.longs = longs;
    }

    /** Everything that was noted, in the order in which it happened. */
    public List<Event> events() {
        return events;
    }

    /** Whether an actor was killed. */
    public boolean isKilled(String actor) {
        return killed.contains(actor);
    }

    /** Whether nobody was killed. */
    public boolean isUndisturbed() {
        return killed.isEmpty();
    }

    /** The numbers that {@code actor} noted under {@code what}, in order. */
    public long[] values(String actor, String what) {
        return events.stream()
                .filter(event -> event.actor().equals(actor) && event.what().equals(what))
                .mapToLong(Event::value)
                .toArray();
    }

    /** The numbers that anybody noted under {@code what}, in order. */
    public long[] values(String what) {
        return events.stream()
                .filter(event -> event.what().equals(what))
                .mapToLong(Event::value)
                .toArray();
    }

    /** How often {@code actor} noted {@code what}. */
    public int count(String actor, String what) {
        return values(actor, what).length;
    }

    /** How often anybody noted {@code what}. */
    public int count(String what) {
        return values(what).length;
    }

    /** The long at {@code offset} at the end. */
    public long longAt(long offset) {
        return longs.applyAsLong(offset);
    }

    /** Makes the execution a violation unless {@code condition}. */
    public void require(boolean condition, String message) {
        if (!condition) {
            throw new ViolationException(message);
        }
    }

    /** Makes the execution a violation unless both arrays are equal. */
    public void requireEqual(long[] expected, long[] found, String message) {
        if (!Arrays.equals(expected, found)) {
            throw new ViolationException(
                    message + ": expected " + Arrays.toString(expected) + ", found " + Arrays.toString(found));
        }
    }
}
