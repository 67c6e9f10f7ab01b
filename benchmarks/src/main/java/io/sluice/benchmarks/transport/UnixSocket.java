package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A stream socket of the UNIX domain with buffers of the capacity that the rings have, as far as the system allows. */
final class UnixSocket implements Transport {

    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String name;
    private final boolean batches;

    UnixSocket(String name, boolean batches) {
        this.name = name;
        this.batches = batches;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return Stream.settings(batches) + ", socket buffers as large as the system allows, direct buffers";
    }

    @Override
    public Set<Measure> measures() {
        return batches ? Set.of(Measure.THROUGHPUT) : Set.of(Measure.THROUGHPUT, Measure.ROUND_TRIP, Measure.WAKE);
    }

    @Override
    public void create(Channel channel) {
        // The receiver's bind makes the socket's file.
    }

    @Override
    public Sender openSender(Channel channel) throws IOException {
        long start = System.nanoTime();
        while (true) {
            SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX);
            try {
                socket.setOption(StandardSocketOptions.SO_SNDBUF, Math.toIntExact(channel.capacity()));
                if (Files.exists(channel.path()) && socket.connect(UnixDomainSocketAddress.of(channel.path()))) {
                    return new Stream.StreamSender(socket, batches, channel.longest());
                }
                socket.close();
            } catch (IOException e) {
                socket.close();
                // Bound but not listening yet, unless it lasts.
                if (System.nanoTime() - start > CONNECT_NANOS) {
                    throw e;
                }
            }
            if (System.nanoTime() - start > CONNECT_NANOS) {
                throw new IOException(channel.path() + ": nobody listens");
            }
            LockSupport.parkNanos(RETRY_NANOS);
        }
    }

    @Override
    public Receiver openReceiver(Channel channel) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(channel.path()));
            SocketChannel socket = server.accept();
            socket.setOption(StandardSocketOptions.SO_RCVBUF, Math.toIntExact(channel.capacity()));
            return new Stream.StreamReceiver(socket, channel.longest());
        }
    }
}
