package io.sluice.benchmarks.peer;

import java.util.concurrent.CompletableFuture;

/**
 * What is done if this JVM is told to end (SIGTERM, Ctrl-C) before this is closed. Hooks run beside each other, and
 * beside whatever the program is doing.
 */
public final class AtExit implements AutoCloseable {

    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    /**
     * Has {@code action} run at such an end.
     *
     * @throws IllegalStateException if the end has begun
     */
    public static AtExit run(Runnable action) {
        Thread hook = new Thread(action, "at-exit");
        Runtime.getRuntime().addShutdownHook(hook);
        return new AtExit(hook);
    }

    /** Sends SIGKILL to every process that this one has started, directly or not, and waits for their ends. */
    public static void endDescendants() {
        CompletableFuture.allOf(ProcessHandle.current()
                        .descendants()
                        .map(process -> {
                            process.destroyForcibly();
                            return process.onExit();
                        })
                        .toArray(CompletableFuture<?>[]::new))
                .join();
    }

    /** Nothing has to be done any more; if the end has begun, it is done all the same. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The end has begun: both do it, which hurts nobody.
        }
    }
}
