package io.sluice.benchmarks.transport;

import java.util.List;

/** Every transport there is to compare. */
public final class Transports {

    private static final List<Transport> ALL = List.of(
            new SluiceSpsc("sluice-spsc", false, false),
            new SluiceSpsc("sluice-spsc-claim", false, true),
            new SluiceSpsc("sluice-spsc-block", true, false),
            new AgronaOneToOne("agrona", false, true),
            new AgronaOneToOne("agrona-claim", true, true),
            new AgronaOneToOne("agrona-unchecked", false, false),
            new Fifo("fifo", false),
            new Fifo("fifo-batch", true),
            new UnixSocket("unix", false),
            new UnixSocket("unix-batch", true),
            new RawWord("raw-word"));

    private Transports() {}

    /** All of them, in the order of the results. */
    public static List<Transport> all() {
        return ALL;
    }

    /**
     * The transport of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Transport named(String name) {
        return ALL.stream()
                .filter(transport -> transport.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no transport is called \"" + name + "\": there are "
                        + ALL.stream().map(Transport::name).toList()));
    }
}
