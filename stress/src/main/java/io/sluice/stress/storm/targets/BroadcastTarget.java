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
 * Broadcast ring: one producer after the other, several consumers that come and go. Each gets everything that is committed
 * after it has joined, in order, without a gap, once.
 */
public final class BroadcastTarget implements Target {

    private static final BroadcastHandles HANDLES = new BroadcastHandles(4, 4096);

    /** For the storm. */
    public BroadcastTarget() {}

    @Override
    public String name() {
        return "broadcast";
    }

    @Override
    public long bodyBytes() {
        return HANDLES.memoryBytes() - RegionHeaderLayout.BODY;
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        return new RingRole(
                        () -> HANDLES.producer(memory, WaitStrategy.block()),
                        () -> HANDLES.consumer(memory, WaitStrategy.block()),
                        child,
                        journal,
                        random)
                .resting()::turn;
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        Sessions sessions = new Sessions(evidence);
        int messages = 0;
        for (Session consumer : sessions.consumers()) {
            Sessions.Key before = null;
            for (Entry entry : consumer.entries()) {
                if (entry.event() == RingRole.GOT) {
                    before = check(evidence, sessions, consumer, before, entry);
                    messages++;
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
            Evidence evidence, Sessions sessions, Session consumer, Sessions.Key before, Entry entry) {
        Sessions.Key key = sessions.key(RingRole.from(entry), entry.b());
        if (key == null) {
            evidence.require(
                    false,
                    consumer.who() + " got message " + entry.b() + " of process " + RingRole.from(entry)
                            + ", never offered");
            return before;
        }
        if (before != null) {
            evidence.require(follows(sessions, before, key), consumer.who() + " got " + key + " after " + before);
        } else if (key.number() > sessions.producers().get(key.session()).first()) {
            long begun = sessions.begun(new Sessions.Key(key.session(), key.number() - 1));
            evidence.require(begun <= consumer.from(), consumer.who() + " missed what came before " + key);
        }
        return key;
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
