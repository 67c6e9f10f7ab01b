package io.sluice.benchmarks.peer;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * What is done if this JVM is told to end (SIGTERM, Ctrl-C) before this is closed. One hook does it all, the latest
 * first, beside whatever the program is doing; what that makes {@linkplain #unlessEnding while no end has begun}, it
 * finds.
 */
public final class AtExit implements AutoCloseable {

    private static final Object GATE = new Object();

    // Guarded by GATE, the latest first.
    private static final Deque<AtExit> TO_DO = new ArrayDeque<>();

    // Guarded by GATE: whether the JVM knows of our hook, and whether that has begun.
    private static boolean hooked;
    private static boolean ending;

    private final Runnable action;

    private AtExit(Runnable action) {
        this.action = action;
    }

    /** Makes something that may fail. */
    public interface Making<T> {

        /** Makes it. */
        T make() throws IOException;
    }

    /**
     * Makes what has to be undone at an end, and says with {@link #run} how: the hook begins before or after.
     *
     * @throws IllegalStateException if the end has begun: nothing is made
     */
    public static <T> T unlessEnding(Making<T> making) throws IOException {
        synchronized (GATE) {
            checkNotEnding();
            return making.make();
        }
    }

    /**
     * Has {@code action} run at such an end. Never refused inside of {@link #unlessEnding}.
     *
     * @throws IllegalStateException if the end has begun
     */
    public static AtExit run(Runnable action) {
        AtExit atExit = new AtExit(action);
        synchronized (GATE) {
            checkNotEnding();
            TO_DO.push(atExit);
        }
        return atExit;
    }

    private static void checkNotEnding() {
        if (ending) {
            throw new IllegalStateException("this JVM is ending");
        }
        if (!hooked) {
            Runtime.getRuntime().addShutdownHook(new Thread(AtExit::end, "at-exit"));
            hooked = true;
        }
    }

    private static void end() {
        List<AtExit> all;
        synchronized (GATE) {
            ending = true;
            all = List.copyOf(TO_DO);
        }
        RuntimeException failure = null;
        for (AtExit each : all) {
            try {
                each.action.run();
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    /**
     * Does not return if the end has begun: what fails then fails because of it, and is no news to the user. Called by
     * no action.
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
        synchronized (GATE) {
            TO_DO.remove(this);
        }
    }
}
