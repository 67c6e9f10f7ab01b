package io.sluice.ringbuffer.stream;

import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.ChildConsole;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** A process that writes a stream until it is killed, or holds its reading end. Arguments: what to do, directory, kind of ring. */
final class StreamChild {

    private StreamChild() {}

    /** The byte at a place of the stream. */
    static byte at(long index) {
        return (byte) ((index * 0x9e3779b97f4a7c15L) >>> 56);
    }

    static byte[] bytes(long from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(from + i);
        }
        return bytes;
    }

    public static void main(String[] arguments) throws IOException {
        ChildConsole console = new ChildConsole();
        RingSpec spec = RingSpec.of(RingKind.valueOf(arguments[2]), "unused", 0)
                .withAddress(RegionAddress.of(Path.of(arguments[1]), "ring"));
        try (Ring ring = Rings.open(spec)) {
            if (arguments[0].equals("hold")) {
                ring.consumer();
                console.say("ready");
                console.hear();
                return;
            }
            OutputStream stream = new RingOutputStream(ring.producer());
            console.say("ready");
            long written = 0;
            while (true) {
                int length = 1 + (int) (written % 1000);
                stream.write(bytes(written, length));
                written += length;
            }
        }
    }
}
