package io.sluice.benchmarks.run;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.transport.Transport;

/**
 * One line of the results.
 *
 * @param measure what is measured
 * @param transport over what
 * @param length bytes of a message
 */
record Row(Measure measure, Transport transport, int length) {

    /** What a row is found by. */
    record Key(Measure measure, String transport, int length) {}

    Key key() {
        return new Key(measure, transport.name(), length);
    }

    @Override
    public String toString() {
        return measure + " " + transport.name() + " " + length + " B";
    }
}
