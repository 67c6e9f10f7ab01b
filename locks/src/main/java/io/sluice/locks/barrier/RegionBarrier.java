package io.sluice.locks.barrier;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.LockFullException;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.CarrierFriendly;
import io.sluice.api.waiting.Newcomer;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** An attachment to a barrier in a region: where parties join, see {@link Generations} for how they meet. */
public final class RegionBarrier implements SharedBarrier {

    private final RegionMemory memory;
    private final int parties;
    private final Runnable onClose;
    private final WakeWord wake;
    private final SlicedWait wait;
    private final Generations generations;
    // By place. Parties take themselves out when they are closed.
    private final Map<Integer, RegionBarrierParty> joined = new ConcurrentHashMap<>();
    private volatile boolean closed; // changed under this

    /**
     * Attaches to the barrier in {@code memory}; all zero is a new one.
     *
     * @param parties how many it takes, the same for all
     * @param onClose called once, when this attachment is closed
     */
    public RegionBarrier(RegionMemory memory, int parties, WaitStrategy strategy, Runnable onClose) {
        this.memory = memory;
        this.parties = parties;
        this.onClose = onClose;
        this.wake = new WakeWord(memory, BarrierLayout.WAKE);
        this.wait = new SlicedWait(memory, new CarrierFriendly(strategy));
        this.generations = new Generations(memory, parties, wake);
        Newcomer.tell(memory, wake);
    }

    /** Bytes that a barrier takes behind a region's header. */
    public static long bodyBytes(int parties) {
        return BarrierLayout.bodyBytes(parties);
    }

    @Override
    public LockKind kind() {
        return LockKind.BARRIER;
    }

    @Override
    public String name() {
        return memory.name();
    }

    @Override
    public int getParties() {
        return parties;
    }

    @Override
    public int getNumberWaiting() {
        checkOpen();
        long generation = generation();
        int waiting = 0;
        for (int place = 0; place < parties; place++) {
            if (generations.hasArrived(place, generation)) {
                waiting++;
            }
        }
        return waiting;
    }

    @Override
    public synchronized BarrierParty join() {
        checkOpen();
        for (int place = 0; place < parties; place++) {
            if (generations.owner(place) == BarrierLayout.FREE && take(place)) {
                return party(place);
            }
        }
        throw new LockFullException(name(), "places", parties);
    }

    private boolean take(int place) {
        // Before it is ours: what the last party left there would be held against us.
        generations.checkArrivals(place);
        // full fence; losing it means that another party took the place. A death below leaves a dead party.
        if (!memory.compareAndSetLong(BarrierLayout.owner(place), BarrierLayout.FREE, memory.selfToken())) {
            return false;
        }
        memory.setLong(BarrierLayout.since(place), memory.coarseMillis());
        return true;
    }

    private BarrierParty party(int place) {
        RegionBarrierParty party = new RegionBarrierParty(memory, generations, wait, wake, place, joined::remove);
        RegionBarrierParty earlier = joined.put(place, party);
        if (earlier != null) {
            // It was held for dead, its place was made free, and now we have got it.
            earlier.lose();
        }
        return party;
    }

    @Override
    public long generation() {
        checkOpen();
        return BarrierLayout.generation(generations.state());
    }

    @Override
    public boolean isBroken() {
        checkOpen();
        return BarrierLayout.isBroken(generations.state()) || generations.hasDeadParty();
    }

    @Override
    public void reset() {
        checkOpen();
        generations.reset();
    }

    @Override
    public LockStat stat() {
        checkOpen();
        return BarrierStat.of(memory, parties);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        List.copyOf(joined.values()).forEach(BarrierParty::close);
        onClose.run();
    }

    private void checkOpen() {
        if (closed) {
            throw new DetachedException(name());
        }
    }
}
