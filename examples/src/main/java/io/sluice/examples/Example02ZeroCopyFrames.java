package io.sluice.examples;

import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import java.io.IOException;
import java.time.Duration;

/**
 * Video frames of a megabyte that nobody copies: the producer claims room in the ring and paints there, the consumer
 * looks at the same bytes. A frame that is given up half-painted is never seen.
 */
public final class Example02ZeroCopyFrames {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 400;
    private static final int FRAME_BYTES = WIDTH * HEIGHT * Integer.BYTES;
    private static final int FRAMES = 30;
    private static final RingSpec RING = RingSpec.spsc("example-02", 1 << 23);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private Example02ZeroCopyFrames() {}

    /** Without arguments paints, and starts the process that looks. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length > 0) {
            look();
            return;
        }
        try (OtherProcess viewer = OtherProcess.start(Example02ZeroCopyFrames.class, "look");
                Ring ring = Rings.openOrCreate(RING)) {
            try (RingProducer producer = ring.producer()) {
                for (int frame = 0; frame < FRAMES; frame++) {
                    paint(producer, frame);
                }
            }
            viewer.join();
            ring.region().destroy();
        }
    }

    private static void paint(RingProducer producer, int frame) throws InterruptedException {
        try (Claim pixels = producer.awaitClaim(frame, FRAME_BYTES, TEN_SECONDS)) {
            if (pixels == null) {
                throw new IllegalStateException("nobody looks");
            }
            for (int pixel = 0; pixel < FRAME_BYTES; pixel += Integer.BYTES) {
                pixels.setInt(pixel, frame * 1_000 + pixel);
            }
            if (frame % 10 != 9) {
                pixels.commit();
            } // else closing gives the room back, and the frame never was
        }
    }

    private static void look() throws InterruptedException {
        try (Ring ring = Rings.openOrCreate(RING);
                RingConsumer consumer = ring.consumer()) {
            int[] seen = new int[1];
            while (consumer.take(frame -> seen[0] += check(frame), 1) > 0) {
                // Everything happens in check().
            }
            System.out.println(seen[0] + " frames of " + FRAME_BYTES + " bytes seen in place");
        }
    }

    private static int check(Message frame) {
        for (int pixel = 0; pixel < frame.length(); pixel += Integer.BYTES) {
            int expected = frame.typeId() * 1_000 + pixel;
            if (frame.getInt(pixel) != expected) {
                throw new IllegalStateException("frame " + frame.typeId() + " is torn at " + pixel);
            }
        }
        return 1;
    }
}
