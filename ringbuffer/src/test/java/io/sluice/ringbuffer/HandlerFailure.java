package io.sluice.ringbuffer;

/** What a test's handler throws, so that it is taken for nothing else. */
public final class HandlerFailure extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** An expected failure. */
    public HandlerFailure() {
        super("this handler fails on purpose");
    }
}
