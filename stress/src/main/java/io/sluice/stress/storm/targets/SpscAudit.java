package io.sluice.stress.storm.targets;

import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Evidence.Witness;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Follows the messages of an SPSC ring through all of its producers and consumers, one after the other: what was
 * committed comes, in order; what a consumer got and had not acknowledged when it died comes again, and nothing else
 * does.
 */
final class SpscAudit {

    /** A process that consumed for a while, or produced. */
    private record Session(Witness who, int index, long from, long first) {}

    /** A message: of which producing session, and its number. */
    private record Key(int session, long number) {}

    private final Evidence evidence;
    private final List<Session> producers = new ArrayList<>();
    private final Map<Integer, Long> committed = new HashMap<>(); // by session: the last number
    private final Map<Long, List<Integer>> sessionsOf = new HashMap<>(); // of producing, by process
    private final Map<Long, Long> offered = new HashMap<>(); // by process: the last number

    private final Set<Key> got = new HashSet<>();
    private Key last; // the newest that anybody got
    private Key acknowledged; // the newest that was acknowledged
    private Key previous; // the one before, of the same consumer
    private String consumer = "nobody";

    SpscAudit(Evidence evidence) {
        this.evidence = evidence;
        findProducers();
        successions(RingRole.PRODUCES);
        successions(RingRole.CONSUMES);
        for (Session session : sessions(RingRole.CONSUMES)) {
            replay(session);
        }
        evidence.require(!got.isEmpty(), "no message was ever delivered");
    }

    private List<Session> sessions(int event) {
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

    private void findProducers() {
        producers.addAll(sessions(RingRole.PRODUCES));
        for (int index = 0; index < producers.size(); index++) {
            Session session = producers.get(index);
            long child = session.who().child();
            sessionsOf.computeIfAbsent(child, missing -> new ArrayList<>()).add(index);
            long lastCommitted = session.first() - 1;
            for (Entry entry : restOf(session)) {
                if (entry.event() == RingRole.OFFERING) {
                    offered.merge(child, entry.a(), Math::max);
                } else if (entry.event() == RingRole.OFFERED) {
                    lastCommitted = entry.a();
                }
            }
            committed.put(index, lastCommitted);
        }
    }

    /** What the process noted during a session: up to the next role that it took. */
    private static List<Entry> restOf(Session session) {
        List<Entry> entries = session.who().entries();
        int end = session.index() + 1;
        while (end < entries.size() && !isBoundary(entries.get(end).event())) {
            end++;
        }
        return entries.subList(session.index() + 1, end);
    }

    private static boolean isBoundary(int event) {
        return event == RingRole.PRODUCES || event == RingRole.CONSUMES || event == RingRole.LEAVING;
    }

    /** How long a role was nobody's after its holder was killed. */
    private void successions(int event) {
        Session before = null;
        for (Session session : sessions(event)) {
            if (before != null && before.who() != session.who() && heldUntilDeath(before)) {
                evidence.recovered(before.who(), session.from());
            }
            before = session;
        }
    }

    private static boolean heldUntilDeath(Session session) {
        return session.index() + 1 + restOf(session).size()
                == session.who().entries().size();
    }

    private void replay(Session session) {
        begin(session.who());
        for (Entry entry : restOf(session)) {
            if (entry.event() == RingRole.GOT) {
                got(RingRole.from(entry), entry.b());
            } else if (entry.event() == RingRole.ACKNOWLEDGED) {
                acknowledged = previous;
            }
        }
    }

    /** Another consumer begins; null for the last one, which lives. */
    void begin(Witness who) {
        consumer = who == null ? "the last consumer" : who.toString();
        previous = null;
    }

    /** It gets a message. */
    void got(long child, long number) {
        Key key = keyOf(child, number);
        if (key == null) {
            evidence.require(false, consumer + " got message " + number + " of process " + child + ", never offered");
            return;
        }
        Key before = previous;
        if (before == null) {
            boolean again = got.contains(key);
            before = again ? null : last;
            boolean acknowledgedBefore = again && acknowledged != null && !isBehind(key, acknowledged);
            evidence.require(!acknowledgedBefore, consumer + " got " + key + " again after its acknowledgement");
        }
        boolean inOrder = before == null ? got.contains(key) || last == null : follows(before, key);
        evidence.require(inOrder, consumer + " got " + key + " after " + (before == null ? last : before));
        previous = key;
        if (got.add(key)) {
            last = key;
        }
    }

    private static boolean isBehind(Key key, Key other) {
        return key.session() != other.session() ? key.session() > other.session() : key.number() > other.number();
    }

    private Key keyOf(long child, long number) {
        Key key = null;
        if (number <= offered.getOrDefault(child, 0L)) {
            for (int session : sessionsOf.getOrDefault(child, List.of())) {
                if (producers.get(session).first() <= number) {
                    key = new Key(session, number);
                }
            }
        }
        return key;
    }

    /** Whether {@code next} may come right after {@code before}: nothing committed is left out between them. */
    private boolean follows(Key before, Key next) {
        if (next.session() == before.session()) {
            return next.number() == before.number() + 1;
        }
        if (next.session() < before.session() || before.number() < committed.get(before.session())) {
            return false;
        }
        for (int between = before.session() + 1; between < next.session(); between++) {
            if (committed.get(between) >= producers.get(between).first()) {
                return false;
            }
        }
        return next.number() == producers.get(next.session()).first();
    }

    /** Nothing more comes. */
    void end() {
        if (last == null) {
            return;
        }
        for (int session = last.session(); session < producers.size(); session++) {
            long missing = session == last.session()
                    ? last.number()
                    : producers.get(session).first() - 1;
            evidence.require(
                    committed.get(session) <= missing,
                    "message " + committed.get(session) + " of "
                            + producers.get(session).who() + " was committed and did not come");
        }
    }
}
