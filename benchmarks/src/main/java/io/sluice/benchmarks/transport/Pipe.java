package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A pipe, named or anonymous, enlarged to the capacity that the rings have. An anonymous one belongs to the
 * process that starts the others, which reach it as {@code /proc/PID/fd/N} (proc(5)), because Java hands on no
 * descriptors above 2.
 */
final class Pipe implements Transport {

    private final String name;
    private final boolean anonymous;
    private final boolean batches;

    Pipe(String name, boolean anonymous, boolean batches) {
        this.name = name;
        this.anonymous = anonymous;
        this.batches = batches;
    }

    @Override
    public Label label() {
        return new Label(
                name,
                Stream.settings(batches) + ", pipe enlarged to the rings' capacity, direct buffers",
                Mode.BLOCK,
                batches ? Set.of(Measure.THROUGHPUT) : Measure.OF_BLOCKING);
    }

    @Override
    public long longest(long capacity) {
        return Long.MAX_VALUE;
    }

    @Override
    public Setup create(Channel channel) throws IOException {
        if (!anonymous) {
            NativePipe.create(channel.path());
            return Setup.NOTHING;
        }
        NativePipe.Ends ends = NativePipe.anonymous();
        String descriptors = "/proc/" + ProcessHandle.current().pid() + "/fd/";
        Files.writeString(readEnd(channel), descriptors + ends.read(), StandardCharsets.US_ASCII);
        Files.writeString(writeEnd(channel), descriptors + ends.write(), StandardCharsets.US_ASCII);
        return ends::close;
    }

    private static Path readEnd(Channel channel) {
        return channel.path(".read");
    }

    private static Path writeEnd(Channel channel) {
        return channel.path(".write");
    }

    private Path path(Channel channel, Path end) throws IOException {
        return anonymous ? Path.of(Files.readString(end, StandardCharsets.US_ASCII)) : channel.path();
    }

    @Override
    public Sender openSender(Channel channel) throws IOException {
        Path path = path(channel, writeEnd(channel));
        FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE);
        NativePipe.resize(path, channel.capacity());
        return new Stream.StreamSender(file, batches, channel.longest());
    }

    @Override
    public Receiver openReceiver(Channel channel) throws IOException {
        Path path = path(channel, readEnd(channel));
        return new Stream.StreamReceiver(FileChannel.open(path, StandardOpenOption.READ), channel.longest());
    }
}
