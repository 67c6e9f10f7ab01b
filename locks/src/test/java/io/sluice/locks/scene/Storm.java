package io.sluice.locks.scene;

import io.sluice.api.testing.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Processes that are killed with SIGKILL at random, one after the other, and replaced; in between some are stopped for a
 * while. {@code -Dsluice.kills=2000} is the long form, {@code -Dsluice.seed=} repeats the choices. The short form is
 * shorter still where it runs a second time, without JVM flags.
 */
public final class Storm implements AutoCloseable {

    /** How many processes a test of one kind of lock kills in all. */
    public static final int KILLS =
            Integer.getInteger("sluice.kills", "standard".equals(System.getProperty("sluice.test.mode")) ? 20 : 100);

    private static final int CHILDREN = 3;

    private final Class<?> main;
    private final Path directory;
    private final long seed = Long.getLong("sluice.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private final List<ChildJvm> children = new ArrayList<>();
    private int killed;

    /** Processes that run {@code main} with a directory and a seed. */
    public Storm(Class<?> main, Path directory) {
        this.main = main;
        this.directory = directory;
    }

    /** Kills {@code kills} processes and then those that are left. */
    public void rage(int kills) {
        for (int child = 0; child < CHILDREN; child++) {
            start();
        }
        children.forEach(child -> child.awaitLine("ready"));
        for (int kill = 0; kill < kills; kill++) {
            ChildJvm victim = children.remove(0);
            try {
                ChildJvm successor = start();
                if (random.nextInt(4) == 0) {
                    stopForAWhile(children.get(0));
                }
                successor.awaitLine("ready");
                LockSupport.parkNanos(random.nextInt(2_000_000));
            } finally {
                killHealthy(victim);
            }
        }
        while (!children.isEmpty()) {
            killHealthy(children.remove(0));
        }
    }

    private ChildJvm start() {
        ChildJvm child = ChildJvm.start(main, directory.toString(), Long.toString(random.nextLong()));
        children.add(child);
        return child;
    }

    private void stopForAWhile(ChildJvm child) {
        child.stop();
        LockSupport.parkNanos(random.nextInt(10_000_000));
        child.resume();
    }

    private void killHealthy(ChildJvm child) {
        // All that a healthy one says is that it is ready, which was heard.
        String complaint = child.hasLine() ? child.awaitLine() : null;
        child.kill();
        killed++;
        if (complaint != null) {
            throw new AssertionError("seed " + seed + ": " + complaint);
        }
    }

    /** How many were killed so far. */
    public int killed() {
        return killed;
    }

    @Override
    public void close() {
        children.forEach(ChildJvm::close);
    }

    @Override
    public String toString() {
        return "storm of " + killed + " kills, seed " + seed;
    }
}
