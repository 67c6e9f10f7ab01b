package io.sluice.ringbuffer.worker;

/** What a thread of a worker is about. */
public enum WorkerState {
    /** Nobody is, or ever was, at this place. */
    NONE(0),
    /** Handles what comes. */
    RUNNING(1),
    /** Handles what is there, and ends. */
    DRAINING(2),
    /** Ended as it was told to, or with the stream. */
    ENDED(3),
    /** Ended with an exception or error. */
    FAILED(4);

    private final long code;

    WorkerState(long code) {
        this.code = code;
    }

    /** What stands for it in shared memory. */
    long code() {
        return code;
    }

    /** The state with this code; {@link #NONE} if there is none: bytes of shared memory may be anything. */
    static WorkerState of(long code) {
        for (WorkerState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        return NONE;
    }
}
