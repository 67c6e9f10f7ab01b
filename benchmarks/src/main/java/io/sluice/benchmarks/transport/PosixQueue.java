package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.nio.ByteBuffer;

/** A POSIX message queue through JNA: one system call for each message at each end. */
final class PosixQueue implements Transport {

    private static final int LONGEST = 8192;

    @Override
    public Label label() {
        return new Label(
                "posix-mq",
                "mq_send and mq_receive through JNA's direct mapping, one message each, as many places as the system allows"
                        + " up to the rings' capacity (10 for an ordinary user)",
                Mode.BLOCK,
                Measure.OF_BLOCKING);
    }

    @Override
    public long longest(long capacity) {
        return LONGEST;
    }

    @Override
    public boolean connects(Shape shape) {
        return shape.consumers() == 1;
    }

    private static String queueName(Channel channel) {
        return "/" + channel.directory().getFileName() + "-" + channel.name();
    }

    @Override
    public Setup create(Channel channel) throws IOException {
        NativeQueue.create(queueName(channel), channel.capacity(), channel.longest());
        return () -> NativeQueue.unlink(queueName(channel));
    }

    @Override
    public Sender openSender(Channel channel) throws IOException {
        NativeQueue queue = NativeQueue.openToSend(queueName(channel));
        ByteBuffer buffer = NativeQueue.buffer(channel.longest());
        Stream.BufferFields fields = new Stream.BufferFields(buffer);
        return new Sender() {
            private int length;

            @Override
            public Fields begin(int newLength) {
                length = newLength;
                return fields;
            }

            @Override
            public void end() throws IOException {
                queue.send(buffer, length);
            }

            @Override
            public void close() {
                queue.close();
            }
        };
    }

    @Override
    public Receiver openReceiver(Channel channel) throws IOException {
        NativeQueue queue = NativeQueue.openToReceive(queueName(channel));
        ByteBuffer buffer = NativeQueue.buffer(channel.longest());
        Stream.BufferFields fields = new Stream.BufferFields(buffer);
        return new Receiver() {
            @Override
            public int receive(MessageReader reader, int limit) throws IOException {
                reader.onMessage(fields, queue.receive(buffer));
                return 1;
            }

            @Override
            public void close() {
                queue.close();
            }
        };
    }
}
