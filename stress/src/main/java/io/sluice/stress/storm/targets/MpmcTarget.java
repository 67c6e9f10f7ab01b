package io.sluice.stress.storm.targets;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.mpmc.MpmcHandles;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Evidence.Witness;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.RunningTime;
import io.sluice.stress.storm.Target;
import io.sluice.stress.storm.targets.Sessions.Session;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * MPMC ring: several producers and consumers that come and go, and handlers that throw. Every committed message is
 * handled; it comes again only marked, and never after its acknowledgement.
 */
public final class MpmcTarget implements Target {

    private static final long CAPACITY = 4096;
    private static final long QUIET_NANOS = 100_000_000;
    private static final long LONGEST_POLL_NANOS = 10_000_000;

    /** For the storm. */
    public MpmcTarget() {}

    @Override
    public String name() {
        return "mpmc";
    }

    @Override
    public long bodyBytes() {
        return MpmcHandles.memoryBytes(CAPACITY) - RegionHeaderLayout.BODY;
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        RingRole role = new RingRole(
                () -> MpmcHandles.producer(memory, CAPACITY, WaitStrategy.block()),
                () -> MpmcHandles.consumer(memory, CAPACITY, WaitStrategy.block()),
                child,
                journal,
                random);
        return role.refusing().resting()::turn;
    }

    /** What became of a message. */
    private static final class Account {
        private int unmarked;
        private int acknowledged;
        private long acknowledgedAt = Long.MAX_VALUE;
        private long lastAt;
        private Witness last; // who got it last
        private boolean lastFailed;
    }

    @Override
    public boolean isInside(Entry last) {
        return RingRole.isInside(last);
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        Sessions sessions = new Sessions(evidence);
        Map<Sessions.Key, Account> accounts = new HashMap<>();
        for (Session consumer : sessions.consumers()) {
            replay(evidence, sessions, consumer, accounts);
        }
        evidence.require(!accounts.isEmpty(), "no message was ever delivered");
        rest(memory, evidence, sessions, accounts);
        for (int session = 0; session < sessions.producers().size(); session++) {
            for (long number = sessions.producers().get(session).first();
                    number <= sessions.committed(session);
                    number++) {
                Sessions.Key key = new Sessions.Key(session, number);
                evidence.require(accounts.containsKey(key), key + " was committed and did not come");
            }
        }
        accounts.forEach((key, account) -> judge(evidence, key, account));
    }

    private static void replay(
            Evidence evidence, Sessions sessions, Session consumer, Map<Sessions.Key, Account> accounts) {
        List<Account> pending = new ArrayList<>(); // got, and neither acknowledged nor failed
        for (Entry entry : consumer.entries()) {
            if (entry.event() == RingRole.GOT) {
                Sessions.Key key = sessions.key(RingRole.from(entry), entry.b());
                if (key == null) {
                    evidence.require(false, consumer.who() + " got a message that was never offered: " + entry.b());
                    continue;
                }
                Account account = accounts.computeIfAbsent(key, missing -> new Account());
                account.unmarked += RingRole.count(entry) == 1 ? 1 : 0;
                if (entry.nanos() > account.lastAt) {
                    account.lastAt = entry.nanos();
                    account.last = consumer.who();
                    account.lastFailed = false;
                }
                pending.add(account);
            } else if (entry.event() == RingRole.FAILED) {
                Account failed = pending.remove(pending.size() - 1);
                failed.lastFailed |= failed.last == consumer.who();
                acknowledge(pending, entry.nanos());
            } else if (entry.event() == RingRole.ACKNOWLEDGED) {
                acknowledge(pending, entry.nanos());
            }
        }
    }

    private static void acknowledge(List<Account> pending, long nanos) {
        for (Account account : pending) {
            account.acknowledged++;
            account.acknowledgedAt = Math.min(account.acknowledgedAt, nanos);
        }
        pending.clear();
    }

    /** What is left comes to one who lives, as soon as it has found out who is dead. */
    private static void rest(
            RegionMemory memory, Evidence evidence, Sessions sessions, Map<Sessions.Key, Account> accounts) {
        RingConsumer consumer = MpmcHandles.consumer(memory, CAPACITY, WaitStrategy.spin());
        RunningTime time = new RunningTime(LONGEST_POLL_NANOS);
        long quietSince = time.nanos();
        while (time.nanos() - quietSince < QUIET_NANOS) {
            int handled = consumer.poll(
                    message -> {
                        Sessions.Key key = sessions.key((int) message.getLong(0), message.getLong(8));
                        evidence.require(key != null, "the last consumer got what was never offered");
                        Account account = accounts.computeIfAbsent(key, missing -> new Account());
                        account.unmarked += message.deliveryCount() == 1 ? 1 : 0;
                        account.lastAt = Long.MAX_VALUE;
                        account.lastFailed = false;
                        account.last = null;
                        account.acknowledged++;
                    },
                    1);
            if (handled > 0) {
                quietSince = time.nanos();
            }
        }
    }

    private static void judge(Evidence evidence, Sessions.Key key, Account account) {
        evidence.require(account.unmarked <= 1, key + " came " + account.unmarked + " times without a mark");
        evidence.require(account.acknowledged <= 1, key + " was acknowledged " + account.acknowledged + " times");
        evidence.require(account.lastAt <= account.acknowledgedAt, key + " came again after its acknowledgement");
        // One that was got last by somebody who failed comes again. Who was killed may have acknowledged it unnoted.
        evidence.require(account.acknowledged == 1 || !account.lastFailed, key + " was refused and is lost");
    }
}
