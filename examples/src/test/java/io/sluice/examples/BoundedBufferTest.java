package io.sluice.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.testing.ChildConsole;
import io.sluice.api.testing.ChildJvm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The textbook's buffer in one process and around a death. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BoundedBufferTest {

    private static final Duration NO_TIME = Duration.ZERO;

    @RegisterExtension
    final OwnDefaultDirectory directory = new OwnDefaultDirectory();

    private static byte[] bytes(String text) {
        return text.getBytes(US_ASCII);
    }

    @Test
    void keepsOrderAndRefusesWhenFullOrEmpty() throws InterruptedException {
        try (BoundedBuffer buffer = BoundedBuffer.openOrCreate("buffer", 2, 8)) {
            for (int round = 0; round < 5; round++) {
                assertNull(buffer.take(NO_TIME));
                assertTrue(buffer.put(bytes("one " + round), NO_TIME));
                assertTrue(buffer.put(bytes(""), NO_TIME));
                assertFalse(buffer.put(bytes("three"), NO_TIME));
                assertEquals(2, buffer.size());
                assertArrayEquals(bytes("one " + round), buffer.take(NO_TIME));
                assertArrayEquals(bytes(""), buffer.take(NO_TIME));
            }
        }
    }

    @Test
    void refusesItemsThatAreTooLong() {
        try (BoundedBuffer buffer = BoundedBuffer.openOrCreate("buffer", 2, 8)) {
            assertThrows(IllegalArgumentException.class, () -> buffer.put(new byte[9], NO_TIME));
        }
    }

    @Test
    void refusesToBeOpenedWithOtherNumbers() {
        try (BoundedBuffer buffer = BoundedBuffer.openOrCreate("buffer", 2, 8)) {
            assertThrows(RegionFormatException.class, () -> BoundedBuffer.openOrCreate("buffer", 3, 8));
            assertEquals(0, buffer.size());
        }
    }

    @Test
    void goesOnAfterTheDeathOfWhoHeldTheMutex() throws InterruptedException {
        try (BoundedBuffer buffer = BoundedBuffer.openOrCreate("buffer", 2, 8)) {
            assertTrue(buffer.put(bytes("before"), NO_TIME));
            try (ChildJvm child =
                    ChildJvm.startUnder(List.of(), List.of("-Dsluice.dir=" + directory.path()), Holder.class)) {
                child.awaitLine("holds");
                child.kill();
            }
            assertTrue(buffer.put(bytes("after"), NO_TIME));
            assertArrayEquals(bytes("before"), buffer.take(NO_TIME));
            assertArrayEquals(bytes("after"), buffer.take(NO_TIME));
        }
    }

    /** Takes the buffer's mutex and keeps it. */
    static final class Holder {

        private Holder() {}

        @SuppressWarnings("LockNotBeforeTry") // it is to be killed with it
        public static void main(String[] arguments) {
            ChildConsole console = new ChildConsole();
            SharedMutex mutex = Locks.open(LockSpec.mutex("buffer.mutex"));
            mutex.lock();
            console.say("holds");
            console.hear();
        }
    }
}
