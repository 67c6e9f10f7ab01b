package io.sluice.benchmarks.recovery;

import io.sluice.api.identity.ProcessIdentity;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.benchmarks.peer.Console;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * The process that waits for what the victim holds. Arguments: directory, situation, wait strategy.
 *
 * <pre>
 *   create ROUND   makes the lock                                 "created"
 *   await ROUND    waits for it; says "waits" before              "runs" and the time
 *   watch TOKEN    asks over and over whether that process lives  "dead" and the time
 * </pre>
 *
 * Times are those of {@link System#nanoTime()}, on Linux the same clock in every process.
 */
final class Heir {

    private static final Map<String, WaitStrategy> STRATEGIES = Map.of(
            "spin", WaitStrategy.spin(),
            "yield", WaitStrategy.yielding(),
            "backoff", WaitStrategy.backOff(),
            "block", WaitStrategy.block());

    private Heir() {}

    /** Whether there is such a strategy. */
    static boolean knows(String strategy) {
        return STRATEGIES.containsKey(strategy);
    }

    /** Runs until its standard input ends. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        serve(directory, Situation.named(arguments[1]), STRATEGIES.get(arguments[2]));
        System.exit(0);
    }

    private static <T> void serve(Path directory, Situation<T> situation, WaitStrategy strategy)
            throws IOException, InterruptedException {
        ProcessIdentity identity = ProcessIdentity.in(directory);
        Console console = new Console();
        console.say("ready");
        T lock = null;
        for (String line = console.hear(); line != null; line = console.hear()) {
            String[] words = line.split(" ", 2);
            switch (words[0]) {
                case "create" -> {
                    lock = situation.maker().create(directory, Integer.parseInt(words[1]), strategy);
                    console.say("created");
                }
                case "await" -> {
                    console.say("waits");
                    situation.await().run(lock);
                    console.say("runs " + System.nanoTime());
                }
                default -> {
                    long token = Long.parseLong(words[1]);
                    console.say("waits");
                    while (identity.isAlive(token)) {
                        Thread.onSpinWait();
                    }
                    console.say("dead " + System.nanoTime());
                }
            }
        }
    }
}
