package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.ringbuffer.codec.Codecs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The end of a queue where elements come out, over a ring whose system calls fail. */
class TakeEndTest {

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    @Test
    void returnsAnElementAlsoIfTheLookBehindItFails() {
        RingSpec spec = RingSpec.spsc("unused", 4096).withAddress(directory.address("queue"));
        QueueSpec<Integer> queue = QueueSpec.of(spec, Codecs.ints());
        AtomicBoolean fails = new AtomicBoolean();
        try (Ring ring = Rings.create(spec)) {
            PutEnd<Integer> putEnd = new PutEnd<>(ring, queue, new SharedHandle<>());
            TakeEnd<Integer> takeEnd = new TakeEnd<>(failing(ring, fails), queue, new SharedHandle<>());
            for (int element = 1; element <= 3; element++) {
                assertTrue(putEnd.offer(element));
            }
            assertTrue(takeEnd.remove(entry -> entry.element() == 2, false));
            fails.set(true);
            assertEquals(1, takeEnd.poll());
            fails.set(false);
            assertEquals(3, takeEnd.poll());
        }
    }

    /** {@code ring}, whose consumer cannot peek while {@code fails}. */
    private static Ring failing(Ring ring, AtomicBoolean fails) {
        return proxy(Ring.class, (proxy, method, arguments) -> {
            Object result = method.invoke(ring, arguments);
            return method.getName().equals("consumer") ? failing((RingConsumer) result, fails) : result;
        });
    }

    private static RingConsumer failing(RingConsumer consumer, AtomicBoolean fails) {
        return proxy(RingConsumer.class, (proxy, method, arguments) -> {
            if (fails.get() && method.getName().equals("peek")) {
                throw new UncheckedIOException(new IOException("a system call failed"));
            }
            return method.invoke(consumer, arguments);
        });
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
