package io.sluice.benchmarks.report;

import java.util.HashMap;
import java.util.Map;

/** What readers call the transports. */
final class Titles {

    private static final Map<String, String> TITLES = new HashMap<>();

    static {
        TITLES.put("sluice-spsc", "Sluice SPSC");
        TITLES.put("sluice-spsc-claim", "Sluice SPSC, in place");
        TITLES.put("sluice-spsc-block", "Sluice SPSC, blocking");
        TITLES.put("sluice-mpsc", "Sluice MPSC");
        TITLES.put("sluice-mpsc-total", "Sluice MPSC, total order");
        TITLES.put("sluice-mpsc-block", "Sluice MPSC, blocking");
        TITLES.put("sluice-mpsc-back-off", "Sluice MPSC, backing off");
        TITLES.put("sluice-mpmc", "Sluice MPMC");
        TITLES.put("sluice-mpmc-block", "Sluice MPMC, blocking");
        TITLES.put("sluice-mpmc-back-off", "Sluice MPMC, backing off");
        TITLES.put("sluice-broadcast", "Sluice broadcast");
        TITLES.put("sluice-broadcast-block", "Sluice broadcast, blocking");
        TITLES.put("sluice-broadcast-lossy", "Sluice broadcast, lossy");
        TITLES.put("sluice-queue", "Sluice queue");
        TITLES.put("sluice-queue-block", "Sluice queue, blocking");
        TITLES.put("sluice-queue-mpmc", "Sluice queue over MPMC");
        TITLES.put("textbook", "textbook buffer");
        TITLES.put("agrona", "Agrona one-to-one");
        TITLES.put("agrona-claim", "Agrona one-to-one, in place");
        TITLES.put("agrona-unchecked", "Agrona one-to-one, no bounds checks");
        TITLES.put("agrona-many", "Agrona many-to-one");
        TITLES.put("agrona-broadcast", "Agrona broadcast, made lossless");
        TITLES.put("agrona-broadcast-lossy", "Agrona broadcast, lossy");
        TITLES.put("aeron", "Aeron IPC");
        TITLES.put("chronicle-queue", "Chronicle Queue");
        TITLES.put("pipe", "pipe");
        TITLES.put("pipe-batch", "pipe, batched writes");
        TITLES.put("fifo", "FIFO");
        TITLES.put("fifo-batch", "FIFO, batched writes");
        TITLES.put("unix", "UNIX socket");
        TITLES.put("unix-batch", "UNIX socket, batched writes");
        TITLES.put("tcp", "TCP loopback");
        TITLES.put("tcp-batch", "TCP loopback, batched writes");
        TITLES.put("posix-mq", "POSIX message queue");
        TITLES.put("jvm-abq", "ArrayBlockingQueue, one JVM");
        TITLES.put("jvm-jctools", "JCTools MPMC, one JVM");
        TITLES.put("jvm-disruptor", "Disruptor, one JVM");
        TITLES.put("raw-word", "raw word (the limit)");
        TITLES.put("raw-slots", "bare slots (the limit)");
        TITLES.put("memcpy", "memcpy, one thread");
    }

    private Titles() {}

    /** The title of a transport; its name if it has none. */
    static String of(String transport) {
        return TITLES.getOrDefault(transport, transport);
    }

    /** Whether there is one. */
    static boolean knows(String transport) {
        return TITLES.containsKey(transport);
    }
}
