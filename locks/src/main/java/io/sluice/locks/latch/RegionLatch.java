package io.sluice.locks.latch;

import io.sluice.api.lock.BrokenLatchException;
import io.sluice.api.lock.FencedException;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.waiting.CarrierFriendly;
import io.sluice.api.waiting.Deadline;
import io.sluice.api.waiting.Newcomer;
import io.sluice.api.waiting.SlicedWait;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.api.waiting.WakeWord;
import io.sluice.locks.support.Attendance;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * A latch in a region: a word per count, which goes from open (or promised) to done by one CAS. There is no counter
 * beside the words that could disagree with them, and DONE is final, so the latch cannot close again.
 *
 * <p>Whoever finds a promise of a dead process turns it into BROKEN, by one CAS that the wrongly judged would lose too.
 */
public final class RegionLatch implements SharedLatch {

    private final RegionMemory memory;
    private final int count;
    private final long token;
    private final Runnable onClose;
    private final LatchWords words;
    private final Attendance attendance;
    private final WakeWord wake;
    private final SlicedWait wait;
    private final ReentrantLock steps = new ReentrantLock(); // around every change of shared memory
    private int[] promised = new int[4]; // the first so many are own promises; guarded by steps
    private int promises; // guarded by steps
    private volatile int firstLeft; // every word before it is done; any thread may move it forward
    private volatile boolean closed; // changed under steps

    /**
     * Attaches to the latch in {@code memory}; all zero is a new one.
     *
     * @param count how often it is to be counted down in all, the same for all
     * @param onClose called once, when this attachment is closed
     */
    public RegionLatch(RegionMemory memory, int count, WaitStrategy strategy, Runnable onClose) {
        this.memory = memory;
        this.count = count;
        this.token = memory.selfToken();
        this.onClose = onClose;
        this.words = new LatchWords(memory);
        this.attendance = new Attendance(memory, LatchLayout.WAITERS);
        this.wake = new WakeWord(memory, LatchLayout.WAKE);
        this.wait = new SlicedWait(memory, new CarrierFriendly(strategy));
        Newcomer.tell(memory, wake);
    }

    /** Bytes that a latch takes behind a region's header. */
    public static long bodyBytes(int count) {
        return LatchLayout.bodyBytes(count);
    }

    @Override
    public LockKind kind() {
        return LockKind.LATCH;
    }

    @Override
    public String name() {
        return memory.name();
    }

    // ---- counting -------------------------------------------------------------------------------------------------

    @Override
    public void promise() {
        steps.lock();
        try {
            checkOpen();
            if (promises == promised.length) {
                // First: without memory for it nothing is promised that nobody would keep.
                promised = Arrays.copyOf(promised, 2 * promises);
            }
            // A death below leaves a promise of a dead process, which breaks the latch as it should.
            int index = take(token);
            if (index < 0) {
                throw new IllegalStateException(name() + ": all " + count + " counts are done or promised");
            }
            promised[promises++] = index;
            memory.setLong(LatchLayout.since(index), memory.coarseMillis());
        } finally {
            steps.unlock();
        }
    }

    @Override
    public void countDown() {
        steps.lock();
        try {
            checkOpen();
            if (promises > 0) {
                keep(promised[--promises]);
            } else if (take(token | LatchLayout.DONE) < 0 && getCount() > 0) {
                throw new IllegalStateException(
                        name() + ": the " + getCount() + " counts that are left were promised by others");
            }
            // A death between the count and this leaves sleepers to their slice. Inside the step: close() takes the
            // memory away after the last one.
            wake.wake();
        } finally {
            steps.unlock();
        }
    }

    /** Turns an own promise into a count. */
    private void keep(int index) {
        // full fence; pairs with isDecided()'s acquire: what we did before is visible to who sees the count.
        if (!memory.compareAndSetLong(LatchLayout.count(index), token, token | LatchLayout.DONE)) {
            throw new FencedException(name(), "promise " + Long.toHexString(token), Long.toHexString(words.get(index)));
        }
    }

    /** Gives a count that nobody has promised the value {@code word}; returns which, or -1 if there is none. */
    private int take(long word) {
        for (int index = firstLeft; index < count; index++) {
            // full fence; as in keep(). Losing it means another one took this count: try the next.
            if (words.get(index) == LatchLayout.OPEN
                    && memory.compareAndSetLong(LatchLayout.count(index), LatchLayout.OPEN, word)) {
                return index;
            }
        }
        return -1;
    }

    @Override
    public long getCount() {
        checkOpen();
        long left = 0;
        for (int index = firstLeft; index < count; index++) {
            if (!LatchLayout.isDone(words.get(index))) {
                left++;
            }
        }
        return left;
    }

    // ---- waiting --------------------------------------------------------------------------------------------------

    @Override
    public void await() throws InterruptedException, BrokenLatchException {
        await(Deadline.never(memory));
    }

    @Override
    public boolean await(long timeout, TimeUnit unit) throws InterruptedException, BrokenLatchException {
        return await(Deadline.after(memory, timeout, unit));
    }

    private boolean await(long deadline) throws InterruptedException, BrokenLatchException {
        Attendance.Wait here = attendance.begin(1);
        SlicedWait.Attempt attempt = probe -> isDecided(probe) || here.goesOn(probe);
        try {
            if (!wait.await(attempt, this::promising, wake, this::looksDecided, deadline)) {
                return false;
            }
        } finally {
            here.close();
        }
        int broken = firstBroken(false);
        if (broken >= 0) {
            throw new BrokenLatchException(name(), LatchLayout.owner(words.get(broken)));
        }
        return true;
    }

    /** Whether all is counted, or it is certain that it never will be. Both are final. */
    private boolean isDecided(boolean probe) {
        checkOpen();
        return isOpen() || firstBroken(probe) >= 0;
    }

    private boolean looksDecided() {
        return isDecided(false);
    }

    /** Names those who have promised to count. */
    private void promising(LongConsumer token) {
        for (int index = firstLeft; index < count; index++) {
            long word = words.get(index);
            if (LatchLayout.isPromise(word)) {
                token.accept(word);
            }
        }
    }

    private boolean isOpen() {
        int index = firstLeft;
        while (index < count && LatchLayout.isDone(words.get(index))) {
            index++;
        }
        firstLeft = index;
        return index == count;
    }

    /** The first count that will never be done, -1 if there is none or, without {@code probe}, none yet known. */
    private int firstBroken(boolean probe) {
        for (int index = firstLeft; index < count; index++) {
            long word = words.get(index);
            if (LatchLayout.isBroken(word) || (probe && LatchLayout.isPromise(word) && breakIfDead(index, word))) {
                return index;
            }
        }
        return -1;
    }

    private boolean breakIfDead(int index, long promise) {
        if (memory.isAlive(promise)) {
            return false;
        }
        // full fence; losing it means that somebody else broke it. A death below leaves others to find it broken.
        memory.compareAndSetLong(LatchLayout.count(index), promise, promise | LatchLayout.BROKEN);
        wake.wake();
        return LatchLayout.isBroken(words.get(index));
    }

    @Override
    public boolean isBroken() {
        checkOpen();
        return firstBroken(true) >= 0;
    }

    // ---- life -----------------------------------------------------------------------------------------------------

    @Override
    public LockStat stat() {
        checkOpen();
        return LatchStat.of(memory, count);
    }

    @Override
    public void close() {
        steps.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            while (promises > 0) {
                // Losing it means that we were held for dead and it is broken already.
                memory.compareAndSetLong(LatchLayout.count(promised[--promises]), token, token | LatchLayout.BROKEN);
            }
            attendance.close();
            if (!memory.isDetached()) {
                // Those who wait for what is broken, and those of this attachment.
                wake.wake();
            }
        } finally {
            steps.unlock();
        }
        onClose.run();
    }

    private void checkOpen() {
        if (closed) {
            throw new DetachedException(name());
        }
    }
}
