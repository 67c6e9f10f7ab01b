package io.sluice.benchmarks.transport;

import org.agrona.concurrent.UnsafeBuffer;

/** A sender whose transport copies from the application's bytes. */
abstract class CopyingSender extends Sender {

    private final Fields fields;

    /** The message that was begun. */
    final byte[] bytes;

    /** Its length. */
    int length;

    CopyingSender(int longest) {
        this.bytes = new byte[longest];
        this.fields = new ArrayFields(bytes);
    }

    /** The message as Agrona's transports take it. */
    final UnsafeBuffer wrapped() {
        return new UnsafeBuffer(bytes);
    }

    @Override
    public final Fields begin(int newLength) {
        length = newLength;
        return fields;
    }
}
