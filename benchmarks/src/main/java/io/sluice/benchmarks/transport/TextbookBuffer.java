package io.sluice.benchmarks.transport;

import io.sluice.api.region.RegionAddress;
import io.sluice.examples.BoundedBuffer;
import java.time.Duration;

/** The bounded buffer of the textbooks, a mutex and two semaphores: what the rings are there to beat. */
final class TextbookBuffer implements Transport {

    private static final Duration LOOK_AROUND = Duration.ofMillis(20);
    private static final Duration LONG = Duration.ofDays(1);

    /** What a place costs beside an item's bytes. */
    private static final int OVERHEAD = 8;

    @Override
    public Label label() {
        return new Label(
                "textbook",
                "mutex and two semaphores of Sluice's, one lock per put and take, sleep on a futex (the default), a fresh"
                        + " byte[] per message at both ends",
                Mode.BLOCK,
                Measure.OF_BLOCKING);
    }

    @Override
    public boolean connects(Shape shape) {
        return true;
    }

    private static BoundedBuffer open(Channel channel) {
        int places = (int) Math.max(4, channel.capacity() / (channel.longest() + OVERHEAD));
        return BoundedBuffer.openOrCreate(
                RegionAddress.of(channel.directory(), channel.name()), places, channel.longest());
    }

    @Override
    public Setup create(Channel channel) {
        open(channel).close();
        return Setup.NOTHING;
    }

    @Override
    public Sender openSender(Channel channel) {
        BoundedBuffer buffer = open(channel);
        return new ArrayEnds.PutSender(message -> put(buffer, message), buffer::close);
    }

    private static void put(BoundedBuffer buffer, byte[] message) throws InterruptedException {
        if (!buffer.put(message, LONG)) {
            throw new IllegalStateException("no place for a day");
        }
    }

    @Override
    public Receiver openReceiver(Channel channel) {
        BoundedBuffer buffer = open(channel);
        return new ArrayEnds.TakeReceiver(() -> buffer.take(LOOK_AROUND), buffer::close);
    }
}
