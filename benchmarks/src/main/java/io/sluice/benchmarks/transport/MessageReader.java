package io.sluice.benchmarks.transport;

/** What a receiving process does with a message. */
@FunctionalInterface
public interface MessageReader {

    /** Reads one message in place; {@code fields} is valid during this call. */
    void onMessage(Fields fields, int length);
}
