package io.sluice.stress.storm.targets;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.semaphore.CountingSemaphore;
import io.sluice.stress.storm.Dwell;
import io.sluice.stress.storm.Entry;
import io.sluice.stress.storm.Evidence;
import io.sluice.stress.storm.Evidence.Witness;
import io.sluice.stress.storm.Journal;
import io.sluice.stress.storm.Target;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Signalling semaphore: what was released and not acquired is there, but for the one call in which each process died.
 */
public final class SignallingTarget implements Target {

    private static final int RELEASING = 1;
    private static final int RELEASED = 2;
    private static final int ACQUIRING = 3;
    private static final int ACQUIRED = 4;
    private static final int GAVE_UP = 5;

    private static final int INITIAL = 8;
    private static final int MAXIMUM = Integer.MAX_VALUE;
    private static final int MOST_AT_ONCE = 3;

    private final boolean fair;

    /** For the storm. */
    public SignallingTarget(boolean fair) {
        this.fair = fair;
    }

    @Override
    public String name() {
        return fair ? "signalling-fair" : "signalling";
    }

    @Override
    public long bodyBytes() {
        return CountingSemaphore.memoryBytes() - RegionHeaderLayout.BODY;
    }

    @Override
    public void initialize(RegionMemory memory) {
        CountingSemaphore.initialize(memory, INITIAL);
    }

    private CountingSemaphore over(RegionMemory memory) {
        return CountingSemaphore.over(memory, MAXIMUM, fair, WaitStrategy.block());
    }

    @Override
    public Worker worker(RegionMemory memory, int child, Journal journal, SplittableRandom random) {
        CountingSemaphore semaphore = over(memory);
        return () -> {
            int count = 1 + random.nextInt(MOST_AT_ONCE);
            // More often wanted than given, so that some wait.
            if (random.nextInt(3) == 0) {
                journal.note(RELEASING, count);
                semaphore.release(count);
                journal.note(RELEASED, count);
            } else {
                journal.note(ACQUIRING, count);
                if (semaphore.tryAcquire(count, Duration.ofMillis(random.nextInt(3)))) {
                    journal.note(ACQUIRED, count);
                } else {
                    journal.note(GAVE_UP, count);
                }
            }
            Dwell.between(random);
        };
    }

    @Override
    public boolean isInside(Entry last) {
        return last.event() == RELEASING || last.event() == ACQUIRING;
    }

    @Override
    public void audit(RegionMemory memory, Evidence evidence) {
        long least = INITIAL;
        long most = INITIAL;
        for (Witness who : evidence.witnesses()) {
            long releasedAtMost = who.sum(RELEASING);
            long acquired = who.sum(ACQUIRED);
            least += who.sum(RELEASED) - acquired - lastAttempt(who);
            most += releasedAtMost - acquired;
        }
        int found = over(memory).availablePermits();
        evidence.require(
                found >= least && found <= most, found + " permits where from " + least + " to " + most + " can be");
        evidence.require(
                evidence.witnesses().stream()
                                .mapToLong(who -> who.count(ACQUIRED))
                                .sum()
                        > 0,
                "nobody got any");
    }

    /** What it may have acquired without having noted it. */
    private static long lastAttempt(Witness who) {
        if (who.entries().isEmpty()) {
            return 0;
        }
        var last = who.entries().get(who.entries().size() - 1);
        return last.event() == ACQUIRING ? last.a() : 0;
    }
}
