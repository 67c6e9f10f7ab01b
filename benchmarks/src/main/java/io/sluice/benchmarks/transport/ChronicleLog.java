package io.sluice.benchmarks.transport;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.rollcycles.LargeRollCycles;
import net.openhft.chronicle.wire.DocumentContext;

/**
 * Chronicle Queue: a log that grows and keeps everything, which the rings do not. In the same directory as the rings,
 * so that no disk is in the way. Every reader gets every message.
 */
final class ChronicleLog implements Transport {

    /** Longer ones fill the memory within a measurement. */
    private static final int LONGEST = 4096;

    @Override
    public Label label() {
        return new Label(
                "chronicle-queue",
                "one writeBytes per message, LARGE_DAILY cycles, readers spin; keeps all messages, in memory files here",
                Mode.SPIN,
                Measure.OF_SPINNING);
    }

    @Override
    public boolean connects(Shape shape) {
        return true;
    }

    @Override
    public boolean broadcasts() {
        return true;
    }

    @Override
    public long longest(long capacity) {
        return LONGEST;
    }

    @Override
    public Setup create(Channel channel) {
        // Whoever comes first makes the files.
        return Setup.NOTHING;
    }

    private static ChronicleQueue open(Channel channel) {
        return ChronicleQueue.singleBuilder(channel.path("-chronicle"))
                .rollCycle(LargeRollCycles.LARGE_DAILY)
                .build();
    }

    @Override
    public Sender openSender(Channel channel) {
        return new AppendSender(open(channel), channel.longest());
    }

    @Override
    public Receiver openReceiver(Channel channel) {
        return new TailReceiver(open(channel));
    }

    private static final class BytesFields extends Fields {

        private Bytes<?> bytes;
        private long offset;

        @Override
        public long getLong(int index) {
            return bytes.readLong(offset + index);
        }

        @Override
        public void setLong(int index, long value) {
            bytes.writeLong(offset + index, value);
        }
    }

    private static final class AppendSender extends Sender {

        private final ChronicleQueue queue;
        private final ExcerptAppender appender;
        private final Bytes<?> bytes;
        private final BytesFields fields = new BytesFields();

        AppendSender(ChronicleQueue queue, int longest) {
            this.queue = queue;
            this.appender = queue.createAppender();
            this.bytes = Bytes.allocateDirect(longest);
            fields.bytes = bytes;
        }

        @Override
        public Fields begin(int length) {
            bytes.clear();
            bytes.writePosition(length);
            return fields;
        }

        @Override
        public void end() {
            appender.writeBytes(bytes);
        }

        @Override
        public void close() {
            appender.close();
            queue.close();
            bytes.releaseLast();
        }
    }

    private static final class TailReceiver extends Receiver {

        private final ChronicleQueue queue;
        private final ExcerptTailer tailer;
        private final BytesFields fields = new BytesFields();

        TailReceiver(ChronicleQueue queue) {
            this.queue = queue;
            this.tailer = queue.createTailer();
        }

        @Override
        public int receive(MessageReader reader, int limit) {
            for (int count = 0; count < limit; count++) {
                try (DocumentContext document = tailer.readingDocument()) {
                    if (!document.isPresent()) {
                        return count;
                    }
                    Bytes<?> bytes = document.wire().bytes();
                    fields.bytes = bytes;
                    fields.offset = bytes.readPosition();
                    reader.onMessage(fields, (int) bytes.readRemaining());
                }
            }
            return limit;
        }

        @Override
        public void close() {
            tailer.close();
            queue.close();
        }
    }
}
