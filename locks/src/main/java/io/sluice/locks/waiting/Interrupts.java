package io.sluice.locks.waiting;

/** Waiting that an interrupt does not end. */
public final class Interrupts {

    private Interrupts() {}

    /** Something that waits. */
    @FunctionalInterface
    public interface Waiting {

        /** Waits; having thrown, it has changed nothing and can be called again. */
        void run() throws InterruptedException;
    }

    /** Runs {@code waiting} until it is through, and interrupts this thread afterwards if it was interrupted meanwhile. */
    public static void defer(Waiting waiting) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    waiting.run();
                    return;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
