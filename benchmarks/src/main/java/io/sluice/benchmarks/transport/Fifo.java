package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A named pipe, enlarged to the capacity that the rings have. */
final class Fifo implements Transport {

    private final String name;
    private final boolean batches;

    Fifo(String name, boolean batches) {
        this.name = name;
        this.batches = batches;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String settings() {
        return Stream.settings(batches) + ", pipe enlarged to the rings' capacity, direct buffers";
    }

    @Override
    public Set<Measure> measures() {
        return batches ? Set.of(Measure.THROUGHPUT) : Set.of(Measure.THROUGHPUT, Measure.ROUND_TRIP, Measure.WAKE);
    }

    @Override
    public void create(Channel channel) throws IOException {
        NativePipe.create(channel.path());
    }

    @Override
    public Sender openSender(Channel channel) throws IOException {
        FileChannel file = FileChannel.open(channel.path(), StandardOpenOption.WRITE);
        NativePipe.resize(channel.path(), channel.capacity());
        return new Stream.StreamSender(file, batches, channel.longest());
    }

    @Override
    public Receiver openReceiver(Channel channel) throws IOException {
        return new Stream.StreamReceiver(FileChannel.open(channel.path(), StandardOpenOption.READ), channel.longest());
    }
}
