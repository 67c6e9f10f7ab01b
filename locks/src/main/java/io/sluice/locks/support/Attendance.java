package io.sluice.locks.support;

import io.sluice.api.memory.RegionMemory;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The threads of one attachment that wait for something, each in a place of a {@link WaitList} as soon as that is no
 * short wait: for people to see, nothing goes by it. A death leaves places of a dead process, see there.
 *
 * <p>Closing takes the places out of the list before the memory goes away, whatever the threads are doing: those of
 * other processes would else find them there for as long as this process lives.
 *
 * <p>Any thread.
 */
public final class Attendance {

    private final RegionMemory memory;
    private final WaitList list;
    private final ReentrantLock steps = new ReentrantLock(); // around every change of shared memory
    private final Set<WaitList.Place> taken = new HashSet<>(); // guarded by steps
    private boolean closed; // guarded by steps

    /** Of an attachment to what is in {@code memory}, with the list at {@code offset}. */
    public Attendance(RegionMemory memory, long offset) {
        this.memory = memory;
        this.list = new WaitList(memory, offset);
    }

    /** One wait of one thread. */
    public final class Wait implements AutoCloseable {

        private final long wanted;
        private boolean noted;
        private WaitList.Place place;

        private Wait(long wanted) {
            this.wanted = wanted;
        }

        /**
         * Notes that an attempt has failed. A wait that finds the list full is not shown: looking again and again for a
         * place would cost as many system calls as there are places.
         *
         * @param probe whether it was one that does not come in a short wait
         * @return false, always
         */
        public boolean goesOn(boolean probe) {
            if (probe && !noted) {
                noted = true;
                place = join(wanted);
            }
            return false;
        }

        /** Ends it. */
        @Override
        public void close() {
            if (place != null) {
                leave(place);
                place = null;
            }
        }
    }

    /**
     * A wait that begins.
     *
     * @param wanted what for, as the kind counts
     */
    public Wait begin(long wanted) {
        return new Wait(wanted);
    }

    private WaitList.Place join(long wanted) {
        steps.lock();
        try {
            WaitList.Place place = closed ? null : list.join(wanted);
            if (place != null) {
                taken.add(place);
            }
            return place;
        } finally {
            steps.unlock();
        }
    }

    private void leave(WaitList.Place place) {
        steps.lock();
        try {
            if (taken.remove(place)) {
                list.leave(place);
            }
        } finally {
            steps.unlock();
        }
    }

    /** Takes all places out of the list; from now on nobody gets one. */
    public void close() {
        steps.lock();
        try {
            closed = true;
            if (!memory.isDetached()) {
                taken.forEach(list::leave);
            }
            taken.clear();
        } finally {
            steps.unlock();
        }
    }
}
