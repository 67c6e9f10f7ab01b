package io.sluice.api.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an identity promises, whatever locks it rests on, between real processes. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class IdentityContract {

    private final LockKind kind;
    private final List<ChildJvm> children = new ArrayList<>();
    private TestDirectory directory;
    private ProcessIdentity identity;

    IdentityContract(LockKind kind) {
        this.kind = kind;
    }

    @BeforeEach
    void takeIdentity() throws IOException {
        directory = TestDirectory.create();
        identity = ProcessIdentity.in(directory.path(), kind.opener());
    }

    @AfterEach
    void endEverything() throws IOException {
        children.forEach(ChildJvm::close);
        identity.close();
        directory.close();
    }

    Path directory() {
        return directory.path();
    }

    ProcessIdentity identity() {
        return identity;
    }

    Path participants() {
        return directory().resolve(ParticipantsLayout.FILE_NAME);
    }

    ChildJvm child(String... prefix) {
        ChildJvm child = ChildJvm.startUnder(
                List.of(prefix), IdentityChild.class, directory().toString(), kind.name());
        children.add(child);
        return child;
    }

    static long tokenOf(ChildJvm child) {
        long token = Long.parseLong(child.awaitLine("token "), 16);
        child.awaitLine("pid ");
        return token;
    }

    /** Asks until the process is dead; the watchdog ends the test if that never comes. */
    static void awaitDeath(ProcessIdentity identity, long token) {
        while (identity.isAlive(token)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void isItselfAlive() {
        assertTrue(identity.isAlive(identity.token()));
        assertTrue(ParticipantsLayout.isToken(identity.token()));
    }

    @Test
    void isTheSameForEveryPathToTheDirectory() throws IOException {
        Path detour = directory().resolve("..").resolve(directory().getFileName());
        assertSame(identity, ProcessIdentity.in(detour, kind.opener()));
    }

    @Test
    void takesNumbersThatAreNoTokensForNobody() {
        for (long number : new long[] {0, -1, Long.MIN_VALUE, 1, 4095, 1L << 60, Long.MAX_VALUE}) {
            assertFalse(identity.isAlive(number), Long.toHexString(number));
        }
    }

    @Test
    void takesTokenThatNobodyHoldsForDead() {
        assertFalse(identity.isAlive(identity.token() ^ 1));
    }

    @Test
    void seesAnotherProcessAndIsSeenByIt() {
        ChildJvm child = child();
        long token = tokenOf(child);
        assertNotEquals(identity.token(), token);
        assertTrue(identity.isAlive(token));
        assertEquals("alive", child.ask("ask " + Long.toHexString(identity.token())));
    }

    @Test
    void takesKilledProcessForDead() {
        ChildJvm child = child();
        long token = tokenOf(child);
        assertTrue(identity.isAlive(token));
        ChildJvm.signal("KILL", child.pid());
        awaitDeath(identity, token);
        child.awaitExit();
        assertFalse(identity.isAlive(token));
    }

    @Test
    void takesEndedProcessForDead() {
        ChildJvm child = child();
        long token = tokenOf(child);
        child.endInput();
        assertEquals(0, child.awaitExit(), child.errors());
        assertFalse(identity.isAlive(token));
    }

    @Test
    void takesStoppedProcessForAlive() {
        ChildJvm child = child();
        long token = tokenOf(child);
        child.stop();
        for (int i = 0; i < 1000; i++) {
            assertTrue(identity.isAlive(token));
        }
        child.resume();
        assertEquals("alive", child.ask("ask " + Long.toHexString(identity.token())));
    }

    @Test
    void tellsTwoClassLoadersOfOneJvmApart() throws Exception {
        ChildJvm child = child();
        tokenOf(child);
        String mine = Long.toHexString(identity.token());
        try (OtherLoader other = new OtherLoader(directory(), kind)) {
            assertNotEquals(identity.token(), other.token());
            assertTrue(identity.isAlive(other.token()));
            assertTrue(other.isAlive(identity.token()));
            assertEquals("alive", child.ask("ask " + Long.toHexString(other.token())));
            other.leave();
            assertFalse(identity.isAlive(other.token()));
            assertEquals("dead", child.ask("ask " + Long.toHexString(other.token())));
            assertEquals("alive", child.ask("ask " + mine));
        }
        assertEquals("alive", child.ask("ask " + mine));
    }

    @Test
    void declaresNobodyDeadAfterParticipantsFileWasDeleted() throws IOException {
        ChildJvm child = child();
        long token = tokenOf(child);
        Files.delete(participants());
        assertTrue(identity.isAlive(token));
        assertEquals("alive", child.ask("ask " + Long.toHexString(identity.token())));
        assertEquals("refused", child.ask("ask " + Long.toHexString(identity.token() ^ 1)));
        child.kill();
        ParticipantsReplacedException refused =
                assertThrows(ParticipantsReplacedException.class, () -> awaitDeath(identity, token));
        assertTrue(refused.getMessage().contains(participants().toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains("names no file"), refused.getMessage());
    }

    @Test
    void declaresNobodyDeadAfterParticipantsFileWasReplaced() throws IOException {
        Files.delete(participants());
        ChildJvm child = child();
        long token = tokenOf(child);
        assertThrows(ParticipantsReplacedException.class, () -> identity.isAlive(token));
        // For the child the file is the right one, and its verdicts stand.
        assertEquals("dead", child.ask("ask " + Long.toHexString(token ^ 1)));
        child.kill();
        assertThrows(ParticipantsReplacedException.class, () -> identity.isAlive(token));
    }

    @Test
    void startsAnewInTheFileThatReplacedADeletedOne() throws IOException {
        Files.delete(participants());
        ChildJvm child = child();
        long token = tokenOf(child);
        try (ProcessIdentity later = ProcessIdentity.in(directory(), kind.opener())) {
            assertNotEquals(identity.participantsId(), later.participantsId());
            assertTrue(later.isAlive(token));
            assertEquals("alive", child.ask("ask " + Long.toHexString(later.token())));
        }
    }

    @Test
    void keepsParticipantsFileThatAnotherProcessUses() throws IOException {
        ChildJvm child = child();
        long token = tokenOf(child);
        assertFalse(ProcessIdentity.retire(directory(), kind.opener()));
        assertTrue(identity.isAlive(token));
        assertEquals("alive", child.ask("ask " + Long.toHexString(identity.token())));
        child.kill();
        awaitDeath(identity, token);
        assertTrue(ProcessIdentity.retire(directory(), kind.opener()));
        assertFalse(Files.exists(participants()));
    }

    @Test
    void keepsParticipantsFileWhileThereAreRegions() throws IOException {
        Path region = Files.createFile(directory().resolve("region"));
        assertFalse(ProcessIdentity.retire(directory(), kind.opener()));
        assertTrue(identity.isAlive(identity.token()));
        Files.delete(region);
        assertTrue(ProcessIdentity.retire(directory(), kind.opener()));
    }

    @Test
    void theLastToLeaveRemovesTheParticipantsFile() throws IOException {
        ChildJvm first = child();
        long token = tokenOf(first);
        ChildJvm second = child();
        tokenOf(second);
        // None of them could remove the file while the others have their tokens.
        assertFalse(ProcessIdentity.retire(directory(), kind.opener()));
        assertEquals("false", first.ask("leave"));
        assertFalse(identity.isAlive(token));
        assertEquals("false", second.ask("leave"));
        assertTrue(ProcessIdentity.leave(directory(), kind.opener()));
        assertFalse(Files.exists(participants()));
        assertFalse(ProcessIdentity.leave(directory(), kind.opener()));
    }

    @Test
    void ofManyThatLeaveAtOnceOneRemovesTheParticipantsFile() throws IOException {
        ChildJvm other = child();
        tokenOf(other);
        for (int round = 0; round < 30; round++) {
            other.ask("join");
            ProcessIdentity.in(directory(), kind.opener());
            other.send("leave");
            boolean removed = ProcessIdentity.leave(directory(), kind.opener());
            removed |= Boolean.parseBoolean(other.awaitLine());
            assertTrue(removed);
            assertFalse(Files.exists(participants()));
        }
    }

    @Test
    void whoLeftBeforeTheLastRegionKeepsNobodyFromRemovingTheParticipantsFile() throws IOException {
        Path region = Files.createFile(directory().resolve("region"));
        ChildJvm other = child();
        long token = tokenOf(other);
        assertEquals("false", other.ask("leave"));
        assertFalse(identity.isAlive(token));
        Files.delete(region);
        // Its JVM has not ended yet.
        assertTrue(ProcessIdentity.leave(directory(), kind.opener()));
        assertFalse(Files.exists(participants()));
    }

    @Test
    void retiresWithoutHavingAnIdentity() throws IOException {
        identity.close();
        Files.createFile(directory().resolve(ParticipantsLayout.UNFINISHED_PREFIX + "1"));
        assertTrue(ProcessIdentity.retire(directory(), kind.opener()));
        assertEquals(0, directory().toFile().list().length);
        assertFalse(ProcessIdentity.retire(directory(), kind.opener()));
    }

    @Test
    void registersOnlyInTheNamedFileWhileItIsRetiredAgainAndAgain() throws IOException {
        identity.close();
        ChildJvm child = child();
        tokenOf(child);
        child.send("churn 300");
        while (!child.hasLine()) {
            ProcessIdentity.retire(directory(), kind.opener());
        }
        assertEquals("churned", child.awaitLine());
    }

    @Test
    void directoryLockIsReleasedByDeath() throws IOException {
        ChildJvm child = child();
        tokenOf(child);
        assertEquals("locked", child.ask("lock"));
        IOException refused =
                assertThrows(IOException.class, () -> DirectoryLock.acquire(directory(), Duration.ZERO, kind.opener()));
        assertTrue(refused.getMessage().contains("still locked"), refused.getMessage());
        child.kill();
        DirectoryLock.acquire(directory(), Duration.ofSeconds(60), kind.opener())
                .close();
    }

    @Test
    void keepsItsTokenWhenInterruptedThreadsUseIt() throws IOException {
        ChildJvm child = child();
        long token = tokenOf(child);
        Thread.currentThread().interrupt();
        assertTrue(identity.isAlive(token));
        assertFalse(identity.isAlive(token ^ 1));
        DirectoryLock.acquire(directory(), Duration.ofSeconds(60), kind.opener())
                .close();
        assertSame(identity, ProcessIdentity.in(directory(), kind.opener()));
        assertTrue(Thread.interrupted());
        assertEquals("alive", child.ask("ask " + Long.toHexString(identity.token())));
    }

    @Test
    void directoryLockExcludesThreads() throws Exception {
        int[] count = {0};
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(new Thread(() -> {
                for (int n = 0; n < 50; n++) {
                    try (DirectoryLock lock =
                            DirectoryLock.acquire(directory(), Duration.ofSeconds(60), kind.opener())) {
                        assertTrue(lock != null);
                        int before = count[0];
                        Thread.onSpinWait();
                        count[0] = before + 1;
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertEquals(150, count[0]);
    }

    /** The same classes once more, with static state of their own. */
    private static final class OtherLoader implements AutoCloseable {

        private final URLClassLoader loader;
        private final Object identity;
        private final Class<?> type;

        OtherLoader(Path directory, LockKind kind) throws Exception {
            List<URL> urls = new ArrayList<>();
            for (String entry : ChildJvm.classPath().split(File.pathSeparator, -1)) {
                urls.add(Path.of(entry).toUri().toURL());
            }
            loader = new URLClassLoader(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
            type = loader.loadClass(ProcessIdentity.class.getName());
            Class<?> openerType = loader.loadClass(ByteLocks.Opener.class.getName());
            Class<?> kindType = loader.loadClass(LockKind.class.getName());
            Method opener = accessible(kindType.getDeclaredMethod("opener"));
            Object otherKind = accessible(kindType.getDeclaredMethod("valueOf", String.class))
                    .invoke(null, kind.name());
            identity = accessible(type.getDeclaredMethod("in", Path.class, openerType))
                    .invoke(null, directory, opener.invoke(otherKind));
        }

        long token() throws ReflectiveOperationException {
            return (Long) type.getMethod("token").invoke(identity);
        }

        boolean isAlive(long token) throws ReflectiveOperationException {
            return (Boolean) type.getMethod("isAlive", long.class).invoke(identity, token);
        }

        void leave() throws ReflectiveOperationException {
            type.getMethod("close").invoke(identity);
        }

        @Override
        public void close() throws IOException {
            loader.close();
        }

        private static Method accessible(Method method) {
            method.setAccessible(true);
            return method;
        }
    }
}
