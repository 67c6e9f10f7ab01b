package io.sluice.examples;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedLatch;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.Claim;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import java.time.Duration;

/**
 * Prices go to two receivers, each of which gets all of them. The same once more over a lossy ring whose second
 * receiver is slow: the producer does not wait, and that receiver is told that it missed some. Whatever it gets is
 * whole, and the last price is among it.
 */
public final class Example10Broadcast {

    private static final int PRICES = 10_000;
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final RingSpec LOSSLESS = RingSpec.broadcast("example-10", 1 << 14);
    private static final RingSpec LOSSY =
            RingSpec.broadcast("example-10.lossy", 1 << 14).withLossy(true);
    private static final String READY = "example-10.ready";
    private static final String SENT = "example-10.sent";

    private Example10Broadcast() {}

    /** Without arguments sends, and starts two processes that receive. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            RingSpec spec = arguments[0].equals("lossy") ? LOSSY : LOSSLESS;
            receive(spec, arguments[1]);
            return;
        }
        sendTo("lossless", LOSSLESS);
        sendTo("lossy", LOSSY);
    }

    private static void sendTo(String which, RingSpec spec) throws Exception {
        try (Ring ring = Rings.create(spec);
                SharedLatch ready = Locks.openOrCreate(LockSpec.latch(READY, 2));
                SharedLatch sent = Locks.openOrCreate(LockSpec.latch(SENT, 1));
                OtherProcess quick = OtherProcess.start(Example10Broadcast.class, which, "quick");
                OtherProcess slow = OtherProcess.start(Example10Broadcast.class, which, "slow")) {
            // Whoever joins later gets what is sent later.
            ready.await();
            try (RingProducer producer = ring.producer()) {
                for (int price = 1; price <= PRICES; price++) {
                    try (Claim claim = producer.awaitClaim(0, Long.BYTES, TEN_SECONDS)) {
                        claim.setLong(0, price);
                        claim.commit();
                    }
                    if (price == PRICES / 2 && spec.lossy()) {
                        // The slow one reads nothing of the first half in time.
                        sent.countDown();
                    }
                }
            }
            quick.join();
            slow.join();
            ring.region().destroy();
        } finally {
            Regions.destroy(RegionAddress.of(READY), RegionOptions.DEFAULT);
            Regions.destroy(RegionAddress.of(SENT), RegionOptions.DEFAULT);
        }
    }

    private static void receive(RingSpec spec, String name) throws Exception {
        long[] last = {0};
        long[] count = {0};
        try (Ring ring = Rings.open(spec);
                RingConsumer consumer = ring.consumer();
                SharedLatch ready = Locks.openOrCreate(LockSpec.latch(READY, 2));
                SharedLatch sent = Locks.openOrCreate(LockSpec.latch(SENT, 1))) {
            ready.countDown();
            if (spec.lossy() && name.equals("slow")) {
                sent.await();
            }
            int result;
            do {
                result = consumer.take(
                        message -> {
                            last[0] = message.getLong(0);
                            count[0]++;
                        },
                        64);
            } while (result > 0 || result == RingConsumer.LAPPED);
            System.out.println((spec.lossy() ? "lossy" : "lossless") + ", " + name + ": "
                    + (consumer.missedBytes() == 0 ? "got all " + count[0] : "missed some") + ", last price "
                    + last[0]);
        }
    }
}
