package io.sluice.ringbuffer.worker;

/** Ends a batch in front of the message that is in hand, which stays unacknowledged; never leaves this package. */
final class StopSignal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    StopSignal(String why) {
        super(why, null, false, false);
    }
}
