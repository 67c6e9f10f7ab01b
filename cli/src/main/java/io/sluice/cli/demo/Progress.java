package io.sluice.cli.demo;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A line on a terminal that says how far a run is, rewritten ten times a second; nothing where there is no terminal.
 */
public final class Progress {

    private static final long INTERVAL_NANOS = 100_000_000;
    private static final int WIDTH = 79;
    private static final int BAR = 20;

    private final PrintStream out;
    private final boolean terminal;
    private long shownAt;

    /** A line on {@code out}, which is standard output. */
    public Progress(PrintStream out) {
        this.out = out;
        this.terminal = isTerminal();
    }

    /** Shows that {@code sent} messages of {@code plan} are sent, unless it is too soon. */
    public void show(Plan plan, long sent) {
        long now = System.nanoTime();
        if (!terminal || now - shownAt < INTERVAL_NANOS) {
            return;
        }
        shownAt = now;
        int filled = (int) (BAR * sent / plan.messages());
        rewrite(String.format(
                "%-22s [%s%s] %,d of %,d messages",
                plan.transport().label(), "#".repeat(filled), " ".repeat(BAR - filled), sent, plan.messages()));
    }

    /** Says what is being done before there is anything to count. */
    public void say(String text) {
        if (terminal) {
            rewrite(text);
        }
    }

    /** Makes room for ordinary lines. */
    public void clear() {
        if (terminal) {
            rewrite("");
            out.print('\r');
            out.flush();
        }
    }

    private void rewrite(String text) {
        String line = text.length() > WIDTH ? text.substring(0, WIDTH) : text;
        out.print("\r" + line + " ".repeat(WIDTH - line.length()));
        out.flush();
    }

    /** The JDK can only tell whether input and output are both terminals. */
    private static boolean isTerminal() {
        try {
            String output = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return output.startsWith("/dev/pts/") || output.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
