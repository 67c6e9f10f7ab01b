package io.sluice.benchmarks.jmh;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.OfferResult;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.benchmarks.run.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What an SPSC ring's calls cost by themselves: one thread puts a message in and takes it out again, so that no cache
 * line ever moves between processors. For the price of the hand-over see the comparison of two processes.
 *
 * <p>{@code java -cp benchmarks.jar org.openjdk.jmh.Main SpscOfferPoll -prof gc}
 */
@State(Scope.Thread)
public class SpscOfferPoll extends InOneJvm {

    private static final long CAPACITY = 1 << 16;

    /** Bytes of a message. */
    @Param({"32", "1024"})
    private int length;

    private Scratch scratch;
    private Ring ring;
    private RingProducer producer;
    private RingConsumer consumer;
    private byte[] bytes;
    private long sum;
    private final MessageHandler handler = this::read;

    /** For JMH. */
    public SpscOfferPoll() {}

    /** Makes a ring in a fresh directory. */
    @Setup
    public void open() throws IOException {
        scratch = Scratch.in(Path.of("/dev/shm"));
        ring = Rings.create(
                RingSpec.of(RingKind.SPSC, "ring", CAPACITY).withAddress(RegionAddress.of(scratch.path(), "ring")));
        producer = ring.producer();
        consumer = ring.consumer();
        bytes = new byte[length];
    }

    /** Takes the directory away again. */
    @TearDown
    public void close() throws IOException {
        ring.close();
        scratch.close();
    }

    private void read(Message message) {
        for (int index = 0; index < message.length(); index += Long.BYTES) {
            sum += message.getLong(index);
        }
    }

    /** Copies a message in and reads it in place. */
    @Benchmark
    public long offerAndPoll() {
        if (producer.offer(0, bytes, 0, length) != OfferResult.ACCEPTED) {
            throw new IllegalStateException("an empty ring refused a message");
        }
        consumer.poll(handler, 1);
        return sum;
    }

    /** Writes a message in place and reads it in place. */
    @Benchmark
    public long claimAndPoll() {
        Claim claim = producer.claim(0, length);
        for (int index = 0; index < length; index += Long.BYTES) {
            claim.setLong(index, index);
        }
        claim.commit();
        consumer.poll(handler, 1);
        return sum;
    }

    /** Asks an empty ring. */
    @Benchmark
    public int pollEmpty() {
        return consumer.poll(handler, 1);
    }
}
