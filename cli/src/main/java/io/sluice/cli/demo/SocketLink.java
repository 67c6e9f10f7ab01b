package io.sluice.cli.demo;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A link over a UNIX stream socket; each message is one {@code write}. */
final class SocketLink implements Link {

    private final SocketChannel channel;

    private SocketLink(SocketChannel channel) {
        this.channel = channel;
    }

    /** Waits for the other end to connect. */
    static SocketLink accept(Path socket) throws IOException {
        try (ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            return new SocketLink(server.accept());
        }
    }

    /** Connects to the end that accepts. */
    static SocketLink connect(Path socket) throws IOException {
        return new SocketLink(SocketChannel.open(UnixDomainSocketAddress.of(socket)));
    }

    @Override
    public void send(byte[] source, int from, int length) throws IOException {
        ByteBuffer message = ByteBuffer.wrap(source, from, length);
        while (message.hasRemaining()) {
            channel.write(message);
        }
    }

    @Override
    public int receive(byte[] target, int longest) throws IOException {
        int count = channel.read(ByteBuffer.wrap(target, 0, longest));
        if (count < 0) {
            throw new EOFException("the other process is gone");
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
