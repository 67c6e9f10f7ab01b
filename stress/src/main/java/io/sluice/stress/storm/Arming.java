package io.sluice.stress.storm;

import java.util.concurrent.locks.LockSupport;

/**
 * Stops a thread of a process in front of a chosen access to shared memory, for good: it says so, and is killed there.
 * One per target and process; armed by the process's main thread, passed by the target's.
 */
final class Arming {

    private final Runnable say;
    private volatile int left; // accesses until it stops; 0: not armed
    private volatile boolean hurrying;
    private volatile Thread resting;

    Arming(Runnable say) {
        this.say = say;
    }

    void arm(int accesses) {
        left = accesses;
        LockSupport.unpark(resting);
    }

    /** No rests from now on, or again. */
    void hurry(boolean yes) {
        hurrying = yes;
        if (yes) {
            LockSupport.unpark(resting);
        }
    }

    /** The target's thread rests for so long, unless it is armed or in a hurry. */
    void rest(long nanos) {
        resting = Thread.currentThread();
        if (left == 0 && !hurrying) {
            LockSupport.parkNanos(this, nanos);
        }
    }

    /** An access is about to be made. */
    void access() {
        int now = left;
        if (now == 0) {
            return;
        }
        left = now - 1;
        if (now == 1) {
            say.run();
            while (true) {
                LockSupport.park(this);
            }
        }
    }
}
