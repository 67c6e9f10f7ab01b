package io.sluice.stress.storm.targets;

import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.targets.Sessions.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Follows the messages of each producer of an MPSC ring through its consumers, one after the other: what was committed
 * comes, in the order of its producer; what a consumer got and had not acknowledged when it died comes again, and
 * nothing else does. In total order, nothing comes behind what was begun to be committed after its own commit was
 * known.
 */
final class LaneAudit {

    private final Evidence evidence;
    private final Sessions sessions;
    private final Map<Integer, Long> got = new HashMap<>(); // by producing session: the last that anybody got
    private final Map<Integer, Long> acknowledged = new HashMap<>(); // the last that was acknowledged for sure
    private final Map<Integer, Long> current = new HashMap<>(); // the last that this consumer got
    private String consumer = "nobody";

    LaneAudit(Evidence evidence, boolean total) {
        this.evidence = evidence;
        this.sessions = new Sessions(evidence);
        Session before = null;
        for (Session session : sessions.consumers()) {
            replay(session);
            if (total) {
                checkOrder(session);
            }
            boolean succeeds = before != null && before.who() != session.who();
            if (succeeds
                    && before.index() + 1 + before.entries().size()
                            == before.who().entries().size()) {
                // No measure of recovery: nobody has to want the role at once.
                evidence.require(
                        session.from() >= before.who().killedNanos(),
                        before.who() + " was succeeded before it was killed");
            }
            before = session;
        }
        evidence.require(!got.isEmpty(), "no message was ever delivered");
    }

    private void replay(Session session) {
        begin(session.who().toString());
        for (Entry entry : session.entries()) {
            if (entry.event() == RingRole.GOT) {
                got(RingRole.from(entry), entry.b());
            } else if (entry.event() == RingRole.ACKNOWLEDGED) {
                acknowledged.putAll(current);
            }
        }
    }

    /** Another consumer begins. */
    void begin(String who) {
        consumer = who;
        current.clear();
    }

    /** It gets a message. */
    void got(int child, long number) {
        Sessions.Key key = sessions.key(child, number);
        if (key == null) {
            evidence.require(false, consumer + " got message " + number + " of process " + child + ", never offered");
            return;
        }
        int session = key.session();
        long first = sessions.producers().get(session).first();
        Long before = current.put(session, number);
        if (before != null) {
            evidence.require(number == before + 1, consumer + " got " + key + " after " + before);
        } else {
            evidence.require(
                    number <= got.getOrDefault(session, first - 1) + 1, consumer + " got " + key + " too early");
            evidence.require(
                    number > acknowledged.getOrDefault(session, first - 1),
                    consumer + " got " + key + " again after its acknowledgement");
        }
        got.merge(session, number, Math::max);
    }

    private void checkOrder(Session session) {
        List<Sessions.Key> keys = new ArrayList<>();
        for (Entry entry : session.entries()) {
            if (entry.event() == RingRole.GOT) {
                keys.add(sessions.key(RingRole.from(entry), entry.b()));
            }
        }
        long earliest = Long.MAX_VALUE; // of those that come later: when one was known to be committed
        for (int index = keys.size() - 1; index >= 0; index--) {
            Sessions.Key key = keys.get(index);
            if (key != null) {
                evidence.require(sessions.begun(key) < earliest, session.who() + " got " + key + " too early");
                earliest = Math.min(earliest, sessions.done(key));
            }
        }
    }

    /** Nothing more comes. */
    void end() {
        for (int session = 0; session < sessions.producers().size(); session++) {
            long first = sessions.producers().get(session).first();
            long committed = sessions.committed(session);
            evidence.require(
                    committed <= got.getOrDefault(session, first - 1),
                    "message " + committed + " of "
                            + sessions.producers().get(session).who() + " was committed and did not come");
        }
    }
}
