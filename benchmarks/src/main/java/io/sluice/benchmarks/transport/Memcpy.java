package io.sluice.benchmarks.transport;

import java.util.Set;

/** No transport, but the row that stands for what copying alone costs. */
final class Memcpy implements Transport {

    @Override
    public Label label() {
        return new Label(
                "memcpy",
                "System.arraycopy of a message from one place to the next place of an array of the rings' capacity,"
                        + " inside one thread",
                Mode.SPIN,
                Set.of(Measure.COPY));
    }

    @Override
    public long longest(long capacity) {
        return capacity;
    }

    @Override
    public Setup create(Channel channel) {
        return Setup.NOTHING;
    }

    @Override
    public Sender openSender(Channel channel) {
        throw new UnsupportedOperationException("copying sends nothing");
    }

    @Override
    public Receiver openReceiver(Channel channel) {
        throw new UnsupportedOperationException("copying receives nothing");
    }
}
