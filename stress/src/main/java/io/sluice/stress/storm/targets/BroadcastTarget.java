package io.sluice.stress.storm.targets;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.broadcast.BroadcastHandles;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import io.sluice.stress.storm.targets.Sessions.Session;
import java.util.SplittableRandom;

/**
 * Broadcast ring: one producer after the other, several consumers that come and go. Each gets everything that is
 * committed after it has joined, in order, without a gap, once; where the ring is lossy, with gaps that it is told of.
 */
public final class BroadcastTarget implements Target {

    private static final int PLACES = 4;
    private static final long CAPACITY = 4096;
    private static final long LOSSY_CAPACITY = 1024; // overwritten by what one turn of a producer may offer

    private final BroadcastHandles handles;

    /** A ring whose producer waits for its consumers, or one that does not. */
    public BroadcastTarget(boolean lossy) {
        this.handles = new BroadcastHandles(PLACES, lossy ? LOSSY_CAPACITY : CAPACITY, lossy);
    }

    @Override
    public String name() {
        return handles.lossy() ? "broadcast-lossy" : "broadcast";
    }

    @Override
    public long bodyBytes() {
        return handles.memoryBytes() - RegionHeaderLayout.BODY;
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        return new RingRole(
                        () -> handles.producer(memory, WaitStrategy.block()),
                        () -> handles.consumer(memory, WaitStrategy.block()),
                        child,
                        journal,
                        random)
                .resting()::turn;
    }

    @Override
    public boolean isInside(Entry last) {
        return RingRole.isInside(last);
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        Sessions sessions = new Sessions(evidence);
        int messages = 0;
        for (Session consumer : sessions.consumers()) {
            Sessions.Key before = null;
            boolean lapped = false;
            for (Entry entry : consumer.entries()) {
                if (entry.event() == RingRole.GOT) {
                    before = check(evidence, sessions, consumer, before, entry, lapped);
                    lapped = false;
                    messages++;
                } else if (entry.event() == RingRole.LAPPED) {
                    evidence.require(handles.lossy(), consumer.who() + " was lapped in a ring that is not lossy");
                    lapped = true;
                }
            }
        }
        evidence.require(messages > 0, "no message was ever delivered");
        Session before = null;
        for (Session session : sessions.producers()) {
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
    }

    private static Sessions.Key check(
            Evidence evidence, Sessions sessions, Session consumer, Sessions.Key before, Entry entry, boolean lapped) {
        Sessions.Key key = sessions.key(RingRole.from(entry), entry.b());
        if (key == null) {
            evidence.require(
                    false,
                    consumer.who() + " got message " + entry.b() + " of process " + RingRole.from(entry)
                            + ", never offered");
            return before;
        }
        if (lapped) {
            evidence.require(
                    before == null || isBehind(before, key), consumer.who() + " got " + key + " again after " + before);
        } else if (before != null) {
            evidence.require(follows(sessions, before, key), consumer.who() + " got " + key + " after " + before);
        } else if (key.number() > sessions.producers().get(key.session()).first()) {
            long begun = sessions.begun(new Sessions.Key(key.session(), key.number() - 1));
            evidence.require(begun <= consumer.from(), consumer.who() + " missed what came before " + key);
        }
        return key;
    }

    private static boolean isBehind(Sessions.Key before, Sessions.Key next) {
        return next.session() > before.session()
                || (next.session() == before.session() && next.number() > before.number());
    }

    /** Whether {@code next} may come right after {@code before}: nothing committed is left out between them. */
    private static boolean follows(Sessions sessions, Sessions.Key before, Sessions.Key next) {
        if (next.session() == before.session()) {
            return next.number() == before.number() + 1;
        }
        if (next.session() < before.session() || before.number() < sessions.committed(before.session())) {
            return false;
        }
        for (int between = before.session() + 1; between < next.session(); between++) {
            if (sessions.committed(between) >= sessions.producers().get(between).first()) {
                return false;
            }
        }
        return next.number() == sessions.producers().get(next.session()).first();
    }
}
