package io.sluice.ringbuffer.broadcast;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.ring.Message;
import io.sluice.api.ring.MessageHandler;
import io.sluice.ringbuffer.Payload;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Messages that say their number and whose length and bytes follow from it. As a handler it notes the last number, and
 * takes nothing but whole messages, each with a higher number than the one before.
 */
final class Numbered implements MessageHandler {

    private final int longest;
    private long last = -1;
    private long count;

    /** Messages of up to {@code longest} bytes, 8 at least. */
    Numbered(int longest) {
        this.longest = longest;
    }

    byte[] content(long number) {
        int length = 8 + (int) (((number * 0x9e3779b97f4a7c15L) >>> 33) % (longest - 7));
        byte[] content = Payload.of(number, length);
        ByteBuffer.wrap(content).order(ByteOrder.nativeOrder()).putLong(0, number);
        return content;
    }

    @Override
    public void onMessage(Message message) {
        assertTrue(message.length() >= 8, () -> "length " + message.length() + " at " + message.position());
        long number = message.getLong(0);
        assertTrue(number > last, () -> number + " after " + last + " at " + message.position());
        assertArrayEquals(content(number), message.toByteArray(), () -> "message " + number);
        last = number;
        count++;
    }

    /** Number of the message that came last; -1 before that. */
    long last() {
        return last;
    }

    /** How many came. */
    long count() {
        return count;
    }
}
