package io.sluice.api.testing;

import io.sluice.api.memory.Liveness;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The judge over processes that exist only in a test: a test starts them, kills them, or has the judge err about them.
 * Any thread.
 */
public final class TestLiveness {

    private static final long FIRST_TOKEN = 0x1000;

    private final AtomicLong nextToken = new AtomicLong(FIRST_TOKEN);
    private final Set<Long> alive = ConcurrentHashMap.newKeySet();

    /** Starts a process; returns its token. */
    public long start() {
        long token = nextToken.getAndIncrement();
        alive.add(token);
        return token;
    }

    /** Kills a process: from now on it is judged dead. That it stores no more is up to the caller. */
    public void kill(long token) {
        alive.remove(token);
    }

    /** Forces a wrong verdict: the process goes on, but from now on it is judged dead. */
    public void misjudge(long token) {
        alive.remove(token);
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
        };
    }
}
