package io.sluice.api.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Threads of a test, each doing one thing. */
public final class Actors implements AutoCloseable {

    private static final long WATCHDOG_SECONDS = 30;

    private final List<Actor> actors = new ArrayList<>();

    /** Something that may throw. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws Exception;
    }

    /** A thread that does one thing. */
    public static final class Actor {

        private final CompletableFuture<Throwable> end = new CompletableFuture<>();
        private final Thread thread;

        private Actor(Action action) {
            thread = new Thread(() -> {
                try {
                    action.run();
                    end.complete(null);
                } catch (Exception | Error e) {
                    end.complete(e);
                }
            });
            thread.setDaemon(true);
            thread.start();
        }

        /** Interrupts it. */
        public void interrupt() {
            thread.interrupt();
        }

        /** Whether it waits for something, as the Java virtual machine sees it. */
        public boolean isAsleep() {
            return switch (thread.getState()) {
                case WAITING, TIMED_WAITING, BLOCKED -> true;
                default -> false;
            };
        }

        /** Whether it has ended. */
        public boolean isDone() {
            return end.isDone();
        }

        /** Waits for its end and returns what it threw, or null. */
        public Throwable outcome() {
            try {
                return end.orTimeout(WATCHDOG_SECONDS, TimeUnit.SECONDS).join();
            } catch (CompletionException e) {
                AssertionError stuck = new AssertionError("an actor does not end");
                stuck.setStackTrace(thread.getStackTrace());
                throw stuck;
            }
        }

        /** Waits for its end, which must be a good one. */
        public void join() {
            Throwable thrown = outcome();
            if (thrown != null) {
                throw new AssertionError("an actor failed", thrown);
            }
        }

        /** Waits for its end, which must come from the death of its process. */
        public void joinDead() {
            Throwable thrown = outcome();
            if (!(thrown instanceof ProcessDied)) {
                throw new AssertionError("an actor should have died", thrown);
            }
        }
    }

    /** Starts one. */
    public Actor start(Action action) {
        Actor actor = new Actor(action);
        actors.add(actor);
        return actor;
    }

    /** Waits for another thread to count down. */
    public static void await(CountDownLatch latch) {
        try {
            if (!latch.await(WATCHDOG_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody counts down");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits until something that another thread brings about is so. */
    public static void until(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(WATCHDOG_SECONDS)) {
                throw new AssertionError("does not become true");
            }
            Thread.yield();
        }
    }

    @Override
    public void close() {
        actors.forEach(Actor::interrupt);
    }
}
