package io.sluice.cli.demo;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.waiting.WaitStrategy;
import java.io.IOException;
import java.time.Duration;

/** A link over two SPSC rings, one for each direction; each message is offered and handled by itself. */
final class RingLink implements Link {

    private static final long CAPACITY = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Ring outbound;
    private final Ring inbound;
    private final RingProducer producer;
    private final RingConsumer consumer;
    private byte[] target;
    private int count;

    RingLink(RegionAddress outbound, RegionAddress inbound, WaitStrategy strategy) {
        this.outbound = open(outbound, strategy);
        this.inbound = open(inbound, strategy);
        this.producer = this.outbound.producer();
        this.consumer = this.inbound.consumer();
    }

    private static Ring open(RegionAddress address, WaitStrategy strategy) {
        Ring ring = Rings.openOrCreate(
                RingSpec.spsc(address.name(), CAPACITY).withAddress(address).withWaitStrategy(strategy));
        ring.region().destroyIfLast();
        return ring;
    }

    @Override
    public void send(byte[] source, int from, int length) throws IOException, InterruptedException {
        if (producer.offer(0, source, from, length) == OfferResult.ACCEPTED) {
            return;
        }
        OfferResult result = producer.put(0, source, from, length, PATIENCE);
        if (result != OfferResult.ACCEPTED) {
            throw new IOException("the other process takes nothing: " + result);
        }
    }

    @Override
    public int receive(byte[] into, int longest) throws IOException, InterruptedException {
        target = into;
        count = 0;
        // A first message says how many of its length fit.
        int result = consumer.take(this::copy, 1, PATIENCE);
        if (result <= 0) {
            throw new IOException("the other process is gone or hangs: " + result);
        }
        int more = count == 0 ? 0 : (longest - count) / count;
        if (more > 0) {
            consumer.poll(this::copy, more);
        }
        return count;
    }

    private void copy(Message message) {
        int length = message.length();
        message.getBytes(0, target, count, length);
        count += length;
    }

    @Override
    public void close() {
        outbound.close();
        inbound.close();
    }
}
