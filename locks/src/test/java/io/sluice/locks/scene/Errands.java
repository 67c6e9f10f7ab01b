package io.sluice.locks.scene;

import io.sluice.api.lock.OwnerDiedException;
import io.sluice.api.testing.ChildConsole;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What a child process does as its test tells it: with each thing that it has in a thread of its own, so that it can
 * wait for several at once. A line says with which thing to do what, {@code events wait 0}; the answer says with which
 * thing it is {@code done}, that its owner's death was {@code told}, or which other exception came of it.
 */
public final class Errands {

    /** What can be done with a thing. */
    @FunctionalInterface
    public interface Errand {

        /** Does what {@code words} say: what to do, and how. */
        void run(String... words) throws Exception;
    }

    private final ChildConsole console = new ChildConsole();
    private final Map<String, Errand> errands = new HashMap<>();
    private final Map<String, ExecutorService> threads = new HashMap<>();

    /** Adds a thing. */
    public void with(String thing, Errand errand) {
        errands.put(thing, errand);
        threads.put(thing, Executors.newSingleThreadExecutor());
    }

    /** Says {@code ready}, and runs errands until the test has gone; then the process ends. */
    public void run() {
        say("ready");
        for (String line = console.hear(); line != null; line = console.hear()) {
            String[] words = line.split(" ", -1);
            threads.get(words[0]).execute(() -> run(words[0], Arrays.copyOfRange(words, 1, words.length)));
        }
        Runtime.getRuntime().halt(0);
    }

    private void run(String thing, String... words) {
        String outcome = "done";
        try {
            errands.get(thing).run(words);
        } catch (OwnerDiedException e) {
            outcome = "told";
        } catch (Exception e) {
            outcome = e.toString();
        }
        say(thing + " " + outcome);
    }

    private synchronized void say(String line) {
        console.say(line);
    }
}
