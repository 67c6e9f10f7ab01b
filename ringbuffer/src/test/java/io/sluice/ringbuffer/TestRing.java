package io.sluice.ringbuffer;

import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import java.util.Random;

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

    /**
     * The process of this producer leaves the stream, closes it or dies, as it happens.
     *
     * @return whether what was staged is published
     */
    default boolean end(RingProducer producer, Random random) {
        switch (random.nextInt(3)) {
            case 0 -> producer.leave();
            case 1 -> producer.close();
            default -> {
                kill(producer);
                return false;
            }
        }
        return true;
    }

    /** The process of this producer or consumer goes on, but is from now on held for dead. */
    void misjudge(AutoCloseable handle);

    @Override
    void close();
}
