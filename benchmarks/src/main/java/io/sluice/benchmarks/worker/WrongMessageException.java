package io.sluice.benchmarks.worker;

/** A message arrived that was not the one that was sent: whatever was measured does not count. */
final class WrongMessageException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    WrongMessageException(String message) {
        super(message);
    }
}
