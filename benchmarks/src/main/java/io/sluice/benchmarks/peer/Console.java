package io.sluice.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The other end of a {@link Peer}: what a process started by a benchmark hears and says. For one thread. */
public final class Console {

    private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    /** Talks through this process's standard input and output. */
    public Console() {}

    /** The next line; null when whoever started this process has ended or has no more to say. */
    public String hear() throws IOException {
        return input.readLine();
    }

    /** Says a line. */
    public void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
