package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * A way for one process to send messages to another, as a user of it would write it: a real file, pipe or socket between
 * two JVMs. Stateless; what it opens belongs to the caller.
 */
public interface Transport {

    /** What a row of the results calls it. */
    String name();

    /** How it is set up, in a few words that stand beside its row. */
    String settings();

    /** What it can be measured by. */
    Set<Measure> measures();

    /** What its processes' JVMs need beyond what all are given. */
    default List<String> jvmFlags() {
        return List.of();
    }

    /** Makes what must exist before either end opens: called once by the process that starts the two. */
    void create(Channel channel) throws IOException;

    /** Opens the sending end; may wait for the other process to open the receiving one. */
    Sender openSender(Channel channel) throws IOException;

    /** Opens the receiving end; may wait for the other process to open the sending one. */
    Receiver openReceiver(Channel channel) throws IOException;
}
