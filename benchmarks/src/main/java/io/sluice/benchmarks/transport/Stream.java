package io.sluice.benchmarks.transport;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;

/**
 * Messages over a stream of bytes: a 4-byte length before each, through one direct buffer per end, so that nothing is
 * copied inside the JVM. The receiving end reads whatever is there, up to {@value #BUFFER} bytes at once.
 */
final class Stream {

    /** Bytes of the buffer of a batching sender, and of every receiver. */
    static final int BUFFER = 1 << 16;

    private static final int PREFIX = Integer.BYTES;

    private Stream() {}

    private static ByteBuffer buffer(int longest) {
        return ByteBuffer.allocateDirect(Math.max(BUFFER, PREFIX + longest)).order(ByteOrder.nativeOrder());
    }

    /** Fields of a buffer from some place on. */
    static final class BufferFields extends Fields {

        private final ByteBuffer buffer;
        private int offset;

        BufferFields(ByteBuffer buffer) {
            this.buffer = buffer;
        }

        @Override
        public long getLong(int index) {
            return buffer.getLong(offset + index);
        }

        @Override
        public void setLong(int index, long value) {
            buffer.putLong(offset + index, value);
        }
    }

    /** Writes each message with one system call, or as many as fit into the buffer with one. */
    static final class StreamSender extends Sender {

        private final WritableByteChannel channel;
        private final boolean batches;
        private final ByteBuffer buffer;
        private final BufferFields fields;

        StreamSender(WritableByteChannel channel, boolean batches, int longest) {
            this.channel = channel;
            this.batches = batches;
            this.buffer = buffer(longest);
            this.fields = new BufferFields(buffer);
        }

        @Override
        public Fields begin(int length) throws IOException {
            if (buffer.remaining() < PREFIX + length) {
                flush();
            }
            int start = buffer.position();
            buffer.putInt(start, length);
            fields.offset = start + PREFIX;
            buffer.position(start + PREFIX + length);
            return fields;
        }

        @Override
        public void end() throws IOException {
            if (!batches) {
                flush();
            }
        }

        @Override
        public void flush() throws IOException {
            buffer.flip();
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            buffer.clear();
        }

        @Override
        public void close() throws IOException {
            flush();
            channel.close();
        }
    }

    /** Reads into the buffer and gives out what is complete. */
    static final class StreamReceiver extends Receiver {

        private final ReadableByteChannel channel;
        private final ByteBuffer buffer;
        private final BufferFields fields;

        StreamReceiver(ReadableByteChannel channel, int longest) {
            this.channel = channel;
            this.buffer = buffer(longest).limit(0);
            this.fields = new BufferFields(buffer);
        }

        @Override
        public int receive(MessageReader reader, int limit) throws IOException {
            int received = deliver(reader, limit);
            while (received == 0) {
                buffer.compact();
                int read = channel.read(buffer);
                buffer.flip();
                if (read < 0) {
                    throw new EOFException("the sender closed the stream before the last message");
                }
                received = deliver(reader, limit);
            }
            return received;
        }

        private int deliver(MessageReader reader, int limit) {
            int received = 0;
            while (received < limit && buffer.remaining() >= PREFIX) {
                int start = buffer.position();
                int length = buffer.getInt(start);
                if (buffer.remaining() < PREFIX + length) {
                    break;
                }
                fields.offset = start + PREFIX;
                reader.onMessage(fields, length);
                buffer.position(start + PREFIX + length);
                received++;
            }
            return received;
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }

    /** What a row says about how it writes. */
    static String settings(boolean batches) {
        return batches ? "batches: one write per " + BUFFER / 1024 + " KiB" : "one write per message";
    }
}
