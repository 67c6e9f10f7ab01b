package io.sluice.cli.demo;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.waiting.WaitStrategy;
import java.io.IOException;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the demonstration compares. */
public enum Transport {
    /** Two rings; who waits spins. */
    RING_SPINNING("Sluice ring, spinning"),
    /** Two rings; who waits sleeps in the kernel. */
    RING_BLOCKING("Sluice ring, blocking"),
    /** Two named pipes. */
    FIFO("FIFO"),
    /** A UNIX socket. */
    UNIX_SOCKET("UNIX socket");

    private static final int CONNECT_ATTEMPTS = 10_000;

    private final String label;

    Transport(String label) {
        this.label = label;
    }

    /** What people call it. */
    public String label() {
        return label;
    }

    /** Makes what must be there before either end opens. */
    void prepare(Path directory) throws IOException, InterruptedException {
        if (this == FIFO) {
            int exit = new ProcessBuilder(
                            "mkfifo",
                            "-m",
                            "600",
                            there(directory).toString(),
                            back(directory).toString())
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new IOException("mkfifo failed with exit code " + exit);
            }
        }
    }

    /** Opens the end that sends first. */
    Link openSender(Path directory) throws IOException {
        return switch (this) {
            case RING_SPINNING, RING_BLOCKING ->
                new RingLink(ring(directory, "there"), ring(directory, "back"), strategy());
            case FIFO -> FifoLink.first(there(directory), back(directory));
            case UNIX_SOCKET -> SocketLink.accept(there(directory));
        };
    }

    /** Opens the end that receives first; waits until the other is there where that is needed. */
    Link openReceiver(Path directory) throws IOException, InterruptedException {
        return switch (this) {
            case RING_SPINNING, RING_BLOCKING ->
                new RingLink(ring(directory, "back"), ring(directory, "there"), strategy());
            case FIFO -> FifoLink.second(back(directory), there(directory));
            case UNIX_SOCKET -> connect(there(directory));
        };
    }

    private static Link connect(Path socket) throws IOException, InterruptedException {
        while (!Files.exists(socket)) {
            Thread.sleep(1);
        }
        // Its file is there a moment before anybody listens.
        for (int attempt = 1; ; attempt++) {
            try {
                return SocketLink.connect(socket);
            } catch (SocketException e) {
                if (attempt == CONNECT_ATTEMPTS) {
                    throw e;
                }
                Thread.sleep(1);
            }
        }
    }

    private WaitStrategy strategy() {
        return this == RING_SPINNING ? WaitStrategy.spin() : WaitStrategy.block();
    }

    private static RegionAddress ring(Path directory, String name) {
        return RegionAddress.of(directory, name);
    }

    private static Path there(Path directory) {
        return directory.resolve("there");
    }

    private static Path back(Path directory) {
        return directory.resolve("back");
    }
}
