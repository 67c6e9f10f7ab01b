package io.sluice.ringbuffer;

import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;

/** A ring whose participants are processes that a test starts, kills and has misjudged. */
public interface TestRing extends AutoCloseable {

    /** Bytes of the record area. */
    long capacity();

    /** A new process joins as producer. */
    RingProducer producer();

    /** A new process joins as consumer. */
    RingConsumer consumer();

    /** The process of this producer or consumer dies; the test must not use the handle any more. */
    void kill(AutoCloseable handle);

    /** The process of this producer or consumer goes on, but is from now on held for dead. */
    void misjudge(AutoCloseable handle);

    @Override
    void close();
}
