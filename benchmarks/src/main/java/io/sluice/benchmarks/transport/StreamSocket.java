package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A stream socket, of the UNIX domain or of TCP over the loopback interface, with buffers of the capacity that the
 * rings have, as far as the system allows.
 */
final class StreamSocket implements Transport {

    private static final long CONNECT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final String name;
    private final StandardProtocolFamily family;
    private final boolean batches;

    private StreamSocket(String name, StandardProtocolFamily family, boolean batches) {
        this.name = name;
        this.family = family;
        this.batches = batches;
    }

    static StreamSocket unix(String name, boolean batches) {
        return new StreamSocket(name, StandardProtocolFamily.UNIX, batches);
    }

    static StreamSocket tcp(String name, boolean batches) {
        return new StreamSocket(name, StandardProtocolFamily.INET, batches);
    }

    private boolean isTcp() {
        return family == StandardProtocolFamily.INET;
    }

    @Override
    public Label label() {
        return new Label(
                name,
                Stream.settings(batches) + (isTcp() ? ", loopback, TCP_NODELAY" : "")
                        + ", socket buffers as large as the system allows, direct buffers",
                Mode.BLOCK,
                batches ? Set.of(Measure.THROUGHPUT) : Measure.OF_BLOCKING);
    }

    @Override
    public long longest(long capacity) {
        return Long.MAX_VALUE;
    }

    @Override
    public Setup create(Channel channel) {
        // The receiver's bind makes the socket's file.
        return Setup.NOTHING;
    }

    @Override
    public Sender openSender(Channel channel) throws IOException {
        long start = System.nanoTime();
        while (true) {
            SocketChannel socket = SocketChannel.open(family);
            try {
                socket.setOption(StandardSocketOptions.SO_SNDBUF, Math.toIntExact(channel.capacity()));
                if (Files.exists(channel.path()) && socket.connect(address(channel))) {
                    if (isTcp()) {
                        socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
                    }
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

    /** Where the receiver listens: at the channel's file, or at the port that is written in it. */
    private SocketAddress address(Channel channel) throws IOException {
        if (!isTcp()) {
            return UnixDomainSocketAddress.of(channel.path());
        }
        String port = Files.readString(channel.path(), StandardCharsets.US_ASCII);
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(port));
    }

    @Override
    public Receiver openReceiver(Channel channel) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(family)) {
            if (isTcp()) {
                server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
                writePort(channel, ((InetSocketAddress) server.getLocalAddress()).getPort());
            } else {
                server.bind(UnixDomainSocketAddress.of(channel.path()));
            }
            SocketChannel socket = server.accept();
            socket.setOption(StandardSocketOptions.SO_RCVBUF, Math.toIntExact(channel.capacity()));
            return new Stream.StreamReceiver(socket, channel.longest());
        }
    }

    private static void writePort(Channel channel, int port) throws IOException {
        Path written = channel.path(".new");
        Files.writeString(written, Integer.toString(port), StandardCharsets.US_ASCII);
        Files.move(written, channel.path(), StandardCopyOption.ATOMIC_MOVE);
    }
}
