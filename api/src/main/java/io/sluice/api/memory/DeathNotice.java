package io.sluice.api.memory;

/** A watch on another process, from {@link Liveness#onDeath}; closing it ends the interest. */
public interface DeathNotice extends AutoCloseable {

    /** No watch: what one gets where there are none. */
    DeathNotice NONE = () -> {};

    /** Ends the interest. The hint may still run if it is just being run; closing again does nothing. Any thread. */
    @Override
    void close();
}
