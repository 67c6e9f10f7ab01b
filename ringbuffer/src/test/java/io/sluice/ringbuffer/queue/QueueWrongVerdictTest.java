package io.sluice.ringbuffer.queue;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.codec.Codec;
import io.sluice.api.memory.MemorySlice;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.Message;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingOrder;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.ChildJvm;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that takes is held for dead although it lives, and another one takes its role, at the worst moment: an element
 * is decoded and not acknowledged. Or one that puts. Every element is accounted for.
 */
@Timeout(120)
class QueueWrongVerdictTest {

    private static final int ELEMENTS = 5;

    private final List<String> takenByTheOther = new ArrayList<>();
    private QueueScene scene;
    private Ring ring;
    private SharedBlockingQueue<String> queue;
    private String worst; // the element at whose decoding it happens

    @BeforeEach
    void createQueue() throws IOException {
        scene = new QueueScene(RingKind.SPSC);
        QueueSpec<String> spec = QueueChild.spec(scene.directory().path(), RingKind.SPSC, RingOrder.PER_PRODUCER);
        queue = scene.queue(QueueSpec.of(spec.ring(), new Betrayed(spec.codec())));
        ring = Rings.open(spec.ring());
    }

    @AfterEach
    void removeQueue() throws IOException {
        ring.close();
        scene.close();
    }

    private static List<String> texts(int from, int to) {
        return IntStream.range(from, to).mapToObj(QueueChild::text).toList();
    }

    private void putAll() throws InterruptedException {
        for (String text : texts(0, ELEMENTS)) {
            queue.put(text);
        }
    }

    /** Gives the role to another process, which takes all that is left and leaves. */
    private void loseTheRole() {
        RegionMemory memory = ring.region().memory();
        long lease = RegionHeaderLayout.BODY + 264; // CONSUMER in docs/layout.md
        assertTrue(memory.compareAndSetLong(lease, memory.selfToken(), 0), "not the lease of the consumer");
        try (ChildJvm other = ChildJvm.start(
                QueueChild.class, "takeAll", scene.directory().path().toString(), "SPSC", "PER_PRODUCER", "0")) {
            String line = other.awaitLine();
            while (!line.equals("ready")) {
                takenByTheOther.add(line);
                line = other.awaitLine();
            }
        }
    }

    /** Decodes as the other, but loses the role in the middle of it. */
    private final class Betrayed implements Codec<String> {

        private final Codec<String> codec;

        Betrayed(Codec<String> codec) {
            this.codec = codec;
        }

        @Override
        public int typeId() {
            return codec.typeId();
        }

        @Override
        public int maxLength(String element) {
            return codec.maxLength(element);
        }

        @Override
        public int encode(String element, MemorySlice target) {
            return codec.encode(element, target);
        }

        @Override
        public String decode(Message message) {
            String text = codec.decode(message);
            if (text.equals(worst)) {
                worst = null;
                loseTheRole();
            }
            return text;
        }
    }

    private void checkThatTheQueueGoesOn() throws InterruptedException {
        assertNull(queue.poll());
        queue.put("behind");
        queue.put("removed");
        queue.put("last");
        assertTrue(queue.remove("removed"));
        assertEquals("behind", queue.take());
        assertEquals("last", queue.take());
        assertNull(queue.poll());
    }

    @Test
    void whatCouldNotBeAcknowledgedIsTheOthersAlone() throws Exception {
        putAll();
        assertEquals(QueueChild.text(0), queue.poll());
        worst = QueueChild.text(1);
        assertThrows(LeaseLostException.class, queue::poll);
        assertEquals(texts(1, ELEMENTS), takenByTheOther);
        checkThatTheQueueGoesOn();
    }

    @Test
    void theSameOfATakeThatWaits() throws Exception {
        assertNull(queue.poll());
        worst = QueueChild.text(0);
        QueueScene.Later<String> taken = scene.later(() -> queue.poll(60, TimeUnit.SECONDS));
        taken.awaitWaiting();
        putAll();
        assertEquals(LeaseLostException.class, taken.failure().getClass());
        assertEquals(texts(0, ELEMENTS), takenByTheOther);
        checkThatTheQueueGoesOn();
    }

    @Test
    void whatWasGivenAwayBeforeItsAcknowledgementMayComeTwiceAndThatIsTold() throws Exception {
        putAll();
        worst = QueueChild.text(3);
        List<String> drained = new ArrayList<>();
        assertThrows(LeaseLostException.class, () -> queue.drainTo(drained));
        assertEquals(texts(0, ELEMENTS), drained);
        assertEquals(texts(0, ELEMENTS), takenByTheOther);
        checkThatTheQueueGoesOn();
    }

    private void loseTheRoleOfWhoPuts() {
        RegionMemory memory = ring.region().memory();
        long lease = RegionHeaderLayout.BODY + 256; // PRODUCER in docs/layout.md
        assertTrue(memory.compareAndSetLong(lease, memory.selfToken(), 0), "not the lease of the producer");
    }

    @Test
    void whoPutsIsToldOfALostRoleOnceAndJoinsAgain() throws Exception {
        queue.put("a");
        loseTheRoleOfWhoPuts();
        assertThrows(LeaseLostException.class, () -> queue.put("lost"));
        queue.put("b");
        loseTheRoleOfWhoPuts();
        assertThrows(LeaseLostException.class, queue::finish);
        queue.put("c");
        queue.finish();
        assertEquals(List.of("a", "b", "c"), List.copyOf(queue));
    }
}
