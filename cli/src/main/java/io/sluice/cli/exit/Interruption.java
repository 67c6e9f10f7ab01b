package io.sluice.cli.exit;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import net.openhft.chronicle.bytes.BytesStore;

/**
 * Ctrl-C, made to end a command in order: the worker is asked to stop, then interrupted, and if it hangs in spite of
 * that, cut off. The JVM exits when the worker has put its things away, with the exit code of the signal (130 for
 * SIGINT, 143 for SIGTERM).
 *
 * <pre>{@code
 * try (Interruption interruption = new Interruption()) {
 *     ... open, interruption.onHang(x::close), work, looking at interruption.check(), close ...
 * }
 * }</pre>
 *
 * <p>Made and closed by the worker's thread, once around its work.
 */
public final class Interruption implements AutoCloseable {

    private static final long GRACE_MILLIS = 100;
    private static final long PATIENCE_MILLIS = 2000;

    private final Thread worker = Thread.currentThread();
    private final Thread hook = new Thread(this::stop, "sluice-stop");
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean requested;
    private volatile Runnable cutOff = () -> {};

    /** From here on a signal stops the calling thread in order. */
    public Interruption() {
        // Chronicle registers a hook when it is first used, which fails with a trace on the screen once a signal has
        // come.
        try {
            BytesStore.nativePointer();
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException | LinkageError e) {
            if (isEnding()) {
                waitForTheEnd();
            }
            throw e;
        }
    }

    /** Whether a signal has come that nobody here was told of. */
    private static boolean isEnding() {
        try {
            Thread probe = new Thread(() -> {});
            Runtime.getRuntime().addShutdownHook(probe);
            Runtime.getRuntime().removeShutdownHook(probe);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    /** Does not return, as the JVM is about to exit; the signal's own exit code stands. */
    private static void waitForTheEnd() {
        Runtime.getRuntime().exit(0);
    }

    /** What to do if the worker does not end although it was interrupted; must work from any thread. */
    public void onHang(Runnable action) {
        cutOff = action;
    }

    /** Ends the work if the user wants to stop. */
    public void check() throws InterruptedException {
        if (requested) {
            throw new InterruptedException("stopped by a signal");
        }
    }

    private void stop() {
        requested = true;
        try {
            if (finished.await(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
                return;
            }
            worker.interrupt();
            if (!finished.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                cutOff.run();
            }
        } catch (InterruptedException e) {
            // Nobody interrupts a shutdown hook; if it happens, what is left is what a kill would leave.
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The work is over and put away. Does not return if a signal came: the JVM is about to exit, and whatever the work
     * has to say about having been cut short is no news to the user.
     */
    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
                return;
            } catch (IllegalStateException e) {
                // The signal came this moment: the hook finds the work finished.
                requested = true;
            }
        }
        waitForTheEnd();
    }
}
