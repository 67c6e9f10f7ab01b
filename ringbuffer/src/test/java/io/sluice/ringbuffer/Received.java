package io.sluice.ringbuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.RingConsumer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Collects messages as texts. */
public final class Received implements MessageHandler {

    private final List<String> texts = new ArrayList<>();

    @Override
    public void onMessage(Message message) {
        texts.add(new String(message.toByteArray(), StandardCharsets.UTF_8));
    }

    /** What came since the last call. */
    public List<String> texts() {
        List<String> all = List.copyOf(texts);
        texts.clear();
        return all;
    }

    /** Checks that {@code consumer} has exactly these messages now. */
    public static void expect(RingConsumer consumer, String... expected) {
        Received received = new Received();
        int handled;
        do {
            handled = consumer.poll(received, Integer.MAX_VALUE);
        } while (handled > 0);
        assertEquals(List.of(expected), received.texts());
    }

    /** The bytes of a text. */
    public static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
