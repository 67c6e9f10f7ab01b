package io.sluice.stress.storm.targets;

import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Evidence.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What processes noted while they had a role of a ring, one session for each time that they had one. */
final class Sessions {

    /** A process with a role, from one moment on; of a producer, with the number of its first message. */
    record Session(Witness who, int index, long from, long first) {

        /** What it noted, up to the next role that the process took. */
        List<Entry> entries() {
            List<Entry> entries = who.entries();
            int end = index + 1;
            while (end < entries.size() && !isBoundary(entries.get(end).event())) {
                end++;
            }
            return entries.subList(index + 1, end);
        }

        /** Number of the last message that was committed for sure. */
        long committed() {
            long last = first - 1;
            for (Entry entry : entries()) {
                last = entry.event() == RingRole.OFFERED ? entry.a() : last;
            }
            return last;
        }

        /** Number of the last message that may have been. */
        long offered() {
            long last = first - 1;
            for (Entry entry : entries()) {
                last = entry.event() == RingRole.OFFERING ? entry.a() : last;
            }
            return last;
        }
    }

    /** A message: of which producing session, and its number. */
    record Key(int session, long number) {}

    private final List<Session> producers;
    private final List<Session> consumers;
    private final List<Long> offered = new ArrayList<>();
    private final List<Long> committed = new ArrayList<>();
    private final Map<Integer, List<Integer>> byChild = new HashMap<>();
    private final Map<Key, Long> begun = new HashMap<>();
    private final Map<Key, Long> done = new HashMap<>();

    Sessions(Evidence evidence) {
        producers = find(evidence, RingRole.PRODUCES);
        consumers = find(evidence, RingRole.CONSUMES);
        for (int index = 0; index < producers.size(); index++) {
            Session session = producers.get(index);
            byChild.computeIfAbsent(session.who.child(), missing -> new ArrayList<>())
                    .add(index);
            offered.add(session.offered());
            committed.add(session.committed());
            for (Entry entry : session.entries()) {
                if (entry.event() == RingRole.OFFERING) {
                    begun.put(new Key(index, entry.a()), entry.nanos());
                } else if (entry.event() == RingRole.OFFERED) {
                    done.put(new Key(index, entry.a()), entry.nanos());
                }
            }
        }
    }

    private static List<Session> find(Evidence evidence, int event) {
        List<Session> found = new ArrayList<>();
        for (Witness who : evidence.witnesses()) {
            for (int index = 0; index < who.entries().size(); index++) {
                Entry entry = who.entries().get(index);
                if (entry.event() == event) {
                    found.add(new Session(who, index, entry.nanos(), entry.a()));
                }
            }
        }
        found.sort(Comparator.comparingLong(Session::from));
        return found;
    }

    private static boolean isBoundary(int event) {
        return event == RingRole.PRODUCES || event == RingRole.CONSUMES || event == RingRole.LEAVING;
    }

    List<Session> producers() {
        return producers;
    }

    List<Session> consumers() {
        return consumers;
    }

    long committed(int session) {
        return committed.get(session);
    }

    /** When the last attempt to commit a message was begun. */
    long begun(Key key) {
        return begun.get(key);
    }

    /** When it was known to be committed; the end of all time if that never was. */
    long done(Key key) {
        return done.getOrDefault(key, Long.MAX_VALUE);
    }

    /** The message of a process with a number; null if it was never offered. */
    Key key(int child, long number) {
        Key key = null;
        for (int session : byChild.getOrDefault(child, List.of())) {
            if (producers.get(session).first() <= number) {
                key = number <= offered.get(session) ? new Key(session, number) : null;
            }
        }
        return key;
    }
}
