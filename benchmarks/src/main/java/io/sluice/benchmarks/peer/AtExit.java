package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * What is done if this JVM is told to end (SIGTERM, Ctrl-C) before this is closed. Hooks run beside each other, and
 * beside whatever the program is doing; what that makes while {@linkplain #unlessEnding no end has begun}, they find.
 */
public final class AtExit implements AutoCloseable {

    private static final Object GATE = new Object();

    /** Guarded by GATE: from here on nothing is made that a hook might miss. */
    private static boolean ending;

    private final Thread hook;

    private AtExit(Thread hook) {
        this.hook = hook;
    }

    /** Makes something that may fail. */
    public interface Making<T> {

        /** Makes it. */
        T make() throws IOException;
    }

    /**
     * Makes what has to be undone at an end; hooks begin with their work before or after, not meanwhile.
     *
     * @throws IllegalStateException if the end has begun: nothing is made
     */
    public static <T> T unlessEnding(Making<T> making) throws IOException {
        synchronized (GATE) {
            if (ending) {
                throw new IllegalStateException("this JVM is ending");
            }
            return making.make();
        }
    }

    /**
     * Does not return if the end has begun: what fails then fails because of it, and is no news to the user. Called by
     * no hook.
     */
    public static void standStillIfEnding() {
        synchronized (GATE) {
            if (!ending) {
                return;
            }
        }
        while (true) {
            LockSupport.park(GATE);
        }
    }

    private static void begin(Runnable action) {
        synchronized (GATE) {
            ending = true;
        }
        action.run();
    }

    /**
     * Has {@code action} run at such an end.
     *
     * @throws IllegalStateException if the end has begun
     */
    public static AtExit run(Runnable action) {
        Thread hook = new Thread(() -> begin(action), "at-exit");
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
