package io.sluice.benchmarks.transport;

import io.sluice.api.ring.RingKind;
import java.util.List;

/** Every transport there is to compare. */
public final class Transports {

    private static final List<Transport> ALL = List.of(
            SluiceRing.of(RingKind.SPSC, Mode.SPIN),
            SluiceRing.claiming(RingKind.SPSC),
            SluiceRing.of(RingKind.SPSC, Mode.BLOCK),
            SluiceRing.of(RingKind.MPSC, Mode.SPIN),
            SluiceRing.total(Mode.SPIN),
            SluiceRing.of(RingKind.MPSC, Mode.BLOCK),
            SluiceRing.of(RingKind.MPSC, Mode.BACK_OFF),
            SluiceRing.of(RingKind.MPMC, Mode.SPIN),
            SluiceRing.of(RingKind.MPMC, Mode.BLOCK),
            SluiceRing.of(RingKind.MPMC, Mode.BACK_OFF),
            SluiceRing.of(RingKind.BROADCAST, Mode.SPIN),
            SluiceRing.of(RingKind.BROADCAST, Mode.BLOCK),
            SluiceRing.lossy(),
            new SluiceQueue(RingKind.SPSC, Mode.BACK_OFF),
            new SluiceQueue(RingKind.SPSC, Mode.BLOCK),
            new SluiceQueue(RingKind.MPMC, Mode.BACK_OFF),
            new TextbookBuffer(),
            new AgronaRing("agrona", false, false, true),
            new AgronaRing("agrona-claim", false, true, true),
            new AgronaRing("agrona-unchecked", false, false, false),
            new AgronaRing("agrona-many", true, false, true),
            new AgronaBroadcast(false),
            new AgronaBroadcast(true),
            new AeronIpc(),
            new ChronicleLog(),
            new Pipe("pipe", true, false),
            new Pipe("pipe-batch", true, true),
            new Pipe("fifo", false, false),
            new Pipe("fifo-batch", false, true),
            StreamSocket.unix("unix", false),
            StreamSocket.unix("unix-batch", true),
            StreamSocket.tcp("tcp", false),
            StreamSocket.tcp("tcp-batch", true),
            new PosixQueue(),
            InJvmQueue.arrayBlockingQueue(),
            InJvmQueue.jctools(),
            new InJvmDisruptor(),
            new RawWord("raw-word"),
            new RawSlots("raw-slots"),
            new Memcpy());

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
