package io.sluice.benchmarks.recovery;

import io.sluice.api.identity.ProcessIdentity;
import io.sluice.benchmarks.peer.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The process that is killed. Arguments: directory, situation, MiB of heap to fill. Hears {@code hold ROUND}, does
 * that, and waits for its end.
 */
final class Victim {

    private static final int MEBIBYTE = 1 << 20;
    private static final int PAGE = 4096;

    private Victim() {}

    /** Runs until its standard input ends, or it is killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        Situation<?> situation = Situation.named(arguments[1]);
        byte[][] ballast = fill(Integer.parseInt(arguments[2]));
        long token = ProcessIdentity.in(directory).token();
        List<Object> held = new ArrayList<>();
        Console console = new Console();
        console.say("ready");
        for (String line = console.hear(); line != null; line = console.hear()) {
            held.add(situation.holdIn(directory, Integer.parseInt(line.substring("hold ".length()))));
            console.say("holds " + token + " beside " + ballast.length + " MiB, with " + held.size());
        }
    }

    private static byte[][] fill(int mebibytes) {
        byte[][] ballast = new byte[mebibytes][MEBIBYTE];
        for (byte[] block : ballast) {
            for (int offset = 0; offset < block.length; offset += PAGE) {
                block[offset] = 1;
            }
        }
        return ballast;
    }
}
