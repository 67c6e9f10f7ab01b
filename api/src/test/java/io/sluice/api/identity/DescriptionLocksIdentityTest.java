package io.sluice.api.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Linux's locks of open file descriptions, with what only Linux can show: namespaces, zombies and ids used again. */
class DescriptionLocksIdentityTest extends IdentityContract {

    private static final String[] NEW_PID_NAMESPACE = {"unshare", "--pid", "--fork", "--mount-proc", "--kill-child"};

    DescriptionLocksIdentityTest() {
        super(LockKind.DESCRIPTION);
    }

    @Test
    void seesProcessInAnotherPidNamespace() throws Exception {
        assumeNamespacesArePermitted();
        ChildJvm child = child(NEW_PID_NAMESPACE);
        long token = Long.parseLong(child.awaitLine("token "), 16);
        assertEquals("1", child.awaitLine("pid "));
        assertTrue(identity().isAlive(token));
        assertEquals("alive", child.ask("ask " + Long.toHexString(identity().token())));
        child.kill();
        awaitDeath(identity(), token);
    }

    @Test
    void takesKilledProcessForDeadWhenItsPidBelongsToAnother() throws Exception {
        assumeNamespacesArePermitted();
        try (ChildJvm scene = ChildJvm.startUnder(
                List.of(NEW_PID_NAMESPACE), PidReuseScene.class, directory().toString())) {
            assertEquals("dead although its pid is running", scene.awaitLine());
        }
    }

    @Test
    void takesZombieForDead() throws Exception {
        // The shell becomes a sleep, a parent that never collects its child.
        ChildJvm sleeper = child("sh", "-c", "exec 3<&0; \"$@\" <&3 & exec sleep 600", "sh");
        long token = Long.parseLong(sleeper.awaitLine("token "), 16);
        long pid = Long.parseLong(sleeper.awaitLine("pid "));
        assertTrue(identity().isAlive(token));
        ChildJvm.signal("KILL", pid);
        awaitDeath(identity(), token);
        // The kernel frees the lock a little before it is done with the process.
        while (stateOf(pid) != 'Z') {
            Thread.onSpinWait();
        }
        assertFalse(identity().isAlive(token));
        assertEquals('Z', stateOf(pid));
    }

    private static char stateOf(long pid) throws IOException {
        String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
        return stat.charAt(stat.lastIndexOf(')') + 2);
    }

    @Test
    void givesNoticeOfDeath() throws Exception {
        ChildJvm child = child();
        long token = tokenOf(child);
        CountDownLatch told = new CountDownLatch(2);
        identity().onDeath(token, told::countDown);
        identity().onDeath(token, told::countDown);
        AtomicInteger closed = new AtomicInteger();
        DeathNotice unwanted = identity().onDeath(token, closed::incrementAndGet);
        unwanted.close();
        ChildJvm.signal("KILL", child.pid());
        told.await();
        assertFalse(identity().isAlive(token));
        assertEquals(0, closed.get());
    }

    @Test
    void givesNoNoticeOfStoppedProcess() throws Exception {
        ChildJvm child = child();
        long token = tokenOf(child);
        child.stop();
        CountDownLatch told = new CountDownLatch(1);
        identity().onDeath(token, told::countDown);
        for (int i = 0; i < 1000; i++) {
            assertTrue(identity().isAlive(token));
        }
        assertEquals(1, told.getCount());
        child.kill();
        told.await();
    }

    @Test
    void givesNoticeOfDeadProcessAtOnce() throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        identity().onDeath(identity().token() ^ 1, told::countDown);
        told.await();
    }

    @Test
    void watchersDoNotLookAlive() throws Exception {
        ChildJvm child = child();
        long token = tokenOf(child);
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch asked = new CountDownLatch(1);
        try (ByteLocks watcher = LockKind.DESCRIPTION.opener().open(participants())) {
            watcher.deathWatch().watch(token, () -> {
                told.countDown();
                awaitQuietly(asked);
            });
            child.kill();
            told.await();
            assertFalse(identity().isAlive(token));
            asked.countDown();
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void assumeNamespacesArePermitted() throws IOException, InterruptedException {
        Process probe = new ProcessBuilder("unshare", "--pid", "--fork", "--mount-proc", "true").start();
        assumeTrue(probe.waitFor() == 0, "pid namespaces are not permitted here: needs root and unshare");
    }
}
