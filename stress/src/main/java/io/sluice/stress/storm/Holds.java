package io.sluice.stress.storm;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Times in which processes had something, and whether these were ever too many at once. */
public final class Holds {

    private record Change(long nanos, long weight, Evidence.Witness who) {}

    private final long most;
    private final List<Change> changes = new ArrayList<>();

    /** At most {@code most} at a time. */
    public Holds(long most) {
        this.most = most;
    }

    /**
     * Somebody had {@code weight} of it, from a moment after it got that to one before it gave it back or was killed.
     */
    public void add(Evidence.Witness who, long from, long to, long weight) {
        if (to > from) {
            changes.add(new Change(from, weight, who));
            changes.add(new Change(to, -weight, who));
        }
    }

    /** Reports if there were too many at any moment. */
    public void check(Evidence evidence) {
        // Those who leave at a moment before those who come at the same.
        changes.sort(Comparator.comparingLong(Change::nanos).thenComparingLong(Change::weight));
        long now = 0;
        for (Change change : changes) {
            now += change.weight();
            if (now > most) {
                evidence.require(false, now + " where at most " + most + " may be, with " + change.who());
                return;
            }
        }
    }
}
