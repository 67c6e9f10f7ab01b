package outside;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;

/** Sends itself one message through a ring and prints it, then has a mutex for a moment. */
public final class Hello {
    private Hello() {}

    public static void main(String[] args) throws InterruptedException {
        try (Ring ring = Rings.create(RingSpec.spsc("outside-user", 1 << 16));
                RingProducer producer = ring.producer();
                RingConsumer consumer = ring.consumer()) {
            producer.put("hello through a ring".getBytes(UTF_8));
            consumer.take(message -> System.out.println(new String(message.toByteArray(), UTF_8)), 1);
            ring.region().destroy();
        }
        try (SharedMutex mutex = Locks.create(LockSpec.mutex("outside-user"))) {
            mutex.lock();
            try {
                System.out.println("alone with a mutex, acquisition " + mutex.fencingToken());
            } finally {
                mutex.unlock();
            }
        }
    }
}
