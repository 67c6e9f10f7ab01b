package io.sluice.api.testing;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.Liveness;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * The judge over processes that exist only in a test: a test starts them, kills them, or has the judge err about them.
 * Any thread.
 */
public final class TestLiveness {

    private static final long FIRST_TOKEN = 0x1000;

    private final AtomicLong nextToken = new AtomicLong(FIRST_TOKEN);
    private final Set<Long> alive = ConcurrentHashMap.newKeySet();
    private final Map<Long, List<Runnable>> hints = new HashMap<>(); // guarded by this

    /** Starts a process; returns its token. */
    public long start() {
        long token = nextToken.getAndIncrement();
        alive.add(token);
        return token;
    }

    /** Kills a process: from now on it is judged dead. That it stores no more is up to the caller. */
    public void kill(long token) {
        remove(token);
    }

    /** Forces a wrong verdict: the process goes on, but from now on it is judged dead. */
    public void misjudge(long token) {
        remove(token);
    }

    private synchronized void remove(long token) {
        alive.remove(token);
        List<Runnable> interested = hints.remove(token);
        if (interested != null) {
            interested.forEach(TestLiveness::tell);
        }
    }

    private static void tell(Runnable hint) {
        Thread teller = new Thread(hint, "death-hint");
        teller.setDaemon(true);
        teller.start();
    }

    /** Has a thread of its own run {@code hint} when the process is judged dead, or at once if it is. */
    public synchronized DeathNotice onDeath(long token, Runnable hint) {
        if (!isAlive(token)) {
            tell(hint);
            return () -> {};
        }
        hints.computeIfAbsent(token, any -> new ArrayList<>()).add(hint);
        return () -> forget(token, hint);
    }

    private synchronized void forget(long token, Runnable hint) {
        List<Runnable> interested = hints.get(token);
        if (interested != null) {
            interested.remove(hint);
        }
    }

    /** Names the processes that are judged alive. */
    public void forEachAlive(LongConsumer token) {
        alive.forEach(token::accept);
    }

    /** The judgement. */
    public boolean isAlive(long token) {
        return alive.contains(token);
    }

    /** The view of the process with {@code token}. */
    public Liveness of(long token) {
        return new Liveness() {
            @Override
            public long token() {
                return token;
            }

            @Override
            public boolean isAlive(long other) {
                return TestLiveness.this.isAlive(other);
            }

            @Override
            public DeathNotice onDeath(long other, Runnable hint) {
                return TestLiveness.this.onDeath(other, hint);
            }
        };
    }
}
