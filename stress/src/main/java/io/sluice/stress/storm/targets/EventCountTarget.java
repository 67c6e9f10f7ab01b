package io.sluice.stress.storm.targets;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.eventcount.RegionEventCount;
import io.sluice.stress.storm.Dwell;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Evidence.Witness;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/** Event count: each event has a number of its own, numbers only grow, and none is lost or counted twice. */
public final class EventCountTarget implements Target {

    private static final int ADVANCING = 1;
    private static final int ADVANCED = 2; // a: number of the event
    private static final int SEEN = 3; // a: number of events
    private static final int WAITING = 4; // a: number of events

    /** For the storm. */
    public EventCountTarget() {}

    @Override
    public String name() {
        return "events";
    }

    @Override
    public long bodyBytes() {
        return RegionEventCount.bodyBytes();
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        RegionEventCount events = new RegionEventCount(memory, WaitStrategy.block(), () -> {});
        return () -> {
            if (random.nextBoolean()) {
                journal.note(ADVANCING, 0);
                journal.note(ADVANCED, events.advance());
                Dwell.between(random);
            } else {
                Duration patience = Duration.ofMillis(random.nextInt(1, 10));
                long seen = events.current();
                journal.note(WAITING, seen);
                journal.note(SEEN, events.awaitBeyond(seen, patience));
            }
        };
    }

    @Override
    public boolean isInside(Entry last) {
        return last.event() == ADVANCING || last.event() == WAITING;
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        Set<Long> numbers = new HashSet<>();
        long begun = 0;
        for (Witness who : evidence.witnesses()) {
            begun += who.count(ADVANCING);
            long last = 0;
            for (Entry entry : who.entries()) {
                if (entry.event() == ADVANCED) {
                    evidence.require(numbers.add(entry.a()), "two events with the number " + entry.a());
                }
                if (entry.event() != ADVANCING) {
                    evidence.require(entry.a() >= last, who + " saw " + entry.a() + " events after " + last);
                    last = entry.a();
                }
            }
        }
        long events = new RegionEventCount(memory, WaitStrategy.block(), () -> {}).current();
        evidence.require(
                events >= numbers.size() && events <= begun,
                events + " events, " + numbers.size() + " announced, " + begun + " begun");
        evidence.require(!numbers.isEmpty(), "no event was ever announced");
    }
}
