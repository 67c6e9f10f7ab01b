package io.sluice.benchmarks.peer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** The other end of a {@link Peer}: what a process started by a benchmark hears and says. For one thread. */
public final class Console {

    /** Exit code of a process whose parent is gone. */
    private static final int ORPHANED = 3;

    private final BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

    /** Talks through this process's standard input and output. */
    public Console() {}

    /** The next line; null when whoever started this process has ended or has no more to say. */
    public String hear() throws IOException {
        return input.readLine();
    }

    /**
     * Does something as soon as whoever started this process has ended, and ends this process after it: nobody is left
     * to tell. Reads the standard input in a thread of its own; nothing may be said to the process then.
     *
     * @return the thread, which does not end before its process
     */
    public static Thread endWithParent(Runnable last) {
        Thread thread = new Thread(() -> waitForParent(last), "parent-watch");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private static void waitForParent(Runnable last) {
        try {
            while (System.in.read() >= 0) {
                // Nothing is said to it.
            }
        } catch (IOException e) {
            // As good as an end.
        }
        try {
            last.run();
        } finally {
            Runtime.getRuntime().halt(ORPHANED);
        }
    }

    /** Says a line. */
    public void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
