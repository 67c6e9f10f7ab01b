package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * A way for processes to send messages to each other, as a user of it would write it: a real file, pipe or socket
 * between JVMs. Stateless but for those inside one JVM; what it opens belongs to the caller.
 *
 * <p>Every transport is used so that what one producer sends stays in its order and, unless it {@link #loses()},
 * nothing is lost; it is checked for that.
 */
public interface Transport {

    /**
     * What it is.
     *
     * @param name what a row of the results calls it
     * @param settings how it is set up, in a few words that stand beside its row
     * @param mode how its ends wait
     * @param measures what it can be measured by
     */
    record Label(String name, String settings, Mode mode, Set<Measure> measures) {}

    /** What it is. */
    Label label();

    /** What a row of the results calls it. */
    default String name() {
        return label().name();
    }

    /** How it is set up, in a few words that stand beside its row. */
    default String settings() {
        return label().settings();
    }

    /** How its ends wait. */
    default Mode mode() {
        return label().mode();
    }

    /** What it can be measured by. */
    default Set<Measure> measures() {
        return label().measures();
    }

    /** Whether it can connect so many. */
    default boolean connects(Shape shape) {
        return shape.equals(Shape.PAIR);
    }

    /** Whether every consumer gets every message, instead of each message going to one of them. */
    default boolean broadcasts() {
        return false;
    }

    /** Whether a consumer that is too slow misses messages, instead of the producer waiting for it. */
    default boolean loses() {
        return false;
    }

    /** Whether its ends are threads of one JVM: a reference for what leaving the process costs, not a competitor. */
    default boolean insideOneJvm() {
        return false;
    }

    /** The longest message in bytes that it can carry, or is sensibly asked to, in a channel of that capacity. */
    default long longest(long capacity) {
        return capacity / 4;
    }

    /** What its processes' JVMs need beyond what all are given. */
    default List<String> jvmFlags() {
        return List.of();
    }

    /**
     * Makes what must exist before any end opens: called once, by the process that starts the others, or in
     * their common JVM.
     *
     * @return ends what it started, after the processes have ended
     */
    Setup create(Channel channel) throws IOException;

    /** What {@link #create} made and has to be ended; files in the channel's directory need not be. */
    @FunctionalInterface
    interface Setup extends AutoCloseable {

        /** Nothing to end. */
        Setup NOTHING = () -> {};

        @Override
        void close() throws IOException;
    }

    /** Attaches to what {@link #create} made, as every process does first, and detaches again. */
    default void attachAndDetach(Channel channel) {
        throw new UnsupportedOperationException(name() + " has nothing to attach to");
    }

    /** Opens a sending end; may wait for the other process to open the receiving one. */
    Sender openSender(Channel channel) throws IOException;

    /** Opens a receiving end; may wait for the other process to open the sending one. */
    Receiver openReceiver(Channel channel) throws IOException;
}
