package io.sluice.api.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The child's side of {@link ChildJvm}: talks to the test by lines. For one thread. */
public final class ChildConsole {

    private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    private final PrintStream output = new PrintStream(System.out, true, StandardCharsets.UTF_8);

    /** Sends a line to the test. */
    public void say(String line) {
        output.println(line);
    }

    /** Waits for a line from the test; {@code null} when the test has gone, and the child should go too. */
    public String hear() {
        try {
            return input.readLine();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
