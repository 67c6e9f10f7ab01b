package io.sluice.benchmarks.transport;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Fields of a byte array: a message that the application builds in memory of its own before it sends it. */
final class ArrayFields extends Fields {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final byte[] bytes;

    ArrayFields(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public long getLong(int index) {
        return (long) LONGS.get(bytes, index);
    }

    @Override
    public void setLong(int index, long value) {
        LONGS.set(bytes, index, value);
    }
}
