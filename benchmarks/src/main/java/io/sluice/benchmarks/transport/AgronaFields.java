package io.sluice.benchmarks.transport;

import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/** Fields in one of Agrona's buffers. */
final class AgronaFields extends Fields {

    /** Where the message is; what {@link #setLong} writes to has to be mutable. */
    DirectBuffer buffer;

    /** Of the message's first byte. */
    int offset;

    @Override
    public long getLong(int index) {
        return buffer.getLong(offset + index);
    }

    @Override
    public void setLong(int index, long value) {
        ((MutableDirectBuffer) buffer).putLong(offset + index, value);
    }

    /** Has a message read where it is. */
    void show(MessageReader reader, DirectBuffer in, int at, int length) {
        buffer = in;
        offset = at;
        reader.onMessage(this, length);
    }
}
