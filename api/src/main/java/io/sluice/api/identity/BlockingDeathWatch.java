package io.sluice.api.identity;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.os.FileLocks;
import io.sluice.api.os.FileStatus;
import io.sluice.api.os.NativeFile;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread per watched process that waits in the kernel for a shared lock on its byte.
 *
 * <p>The kernel grants it about a millisecond after a SIGKILL. The shared lock neither keeps another watcher from its
 * own nor looks like a live process to {@link FileLocks#isLockedByAnother}. A wait inside the kernel cannot be
 * cancelled without signals, so ending the interest only forgets the hint: the thread stays until the watched process
 * ends, and serves the next one who is interested in it. There are never more of these threads than live processes that
 * were watched at least once.
 */
final class BlockingDeathWatch implements DeathWatch {

    private static final Logger LOG = LoggerFactory.getLogger(BlockingDeathWatch.class);

    private final Path path;
    private final FileStatus participants;
    private final Consumer<Thread> starter;
    private final Map<Long, Watcher> watchers = new ConcurrentHashMap<>();

    BlockingDeathWatch(Path path, FileStatus participants) {
        this(path, participants, Thread::start);
    }

    /** The same with another way to start a thread; for tests. */
    BlockingDeathWatch(Path path, FileStatus participants, Consumer<Thread> starter) {
        this.path = path;
        this.participants = participants;
        this.starter = starter;
    }

    /** {@inheritDoc} Where this process can have no more threads there is no watch, and who asks for one is not stopped. */
    @Override
    public DeathNotice watch(long token, Runnable hint) {
        try {
            return watch(token, new Interest(hint));
        } catch (OutOfMemoryError e) {
            return DeathNotice.NONE;
        }
    }

    private DeathNotice watch(long token, Interest interest) {
        while (true) {
            Watcher watcher = watchers.computeIfAbsent(token, this::start);
            if (watcher.add(interest)) {
                return () -> watcher.remove(interest);
            }
            // It has just told the others; the next one finds the byte free at once.
            watchers.remove(token, watcher);
        }
    }

    private Watcher start(long token) {
        Watcher watcher = new Watcher(token);
        Thread thread = new Thread(() -> run(watcher), "sluice-death-watch-" + Long.toHexString(token));
        thread.setDaemon(true);
        starter.accept(thread);
        return watcher;
    }

    private void run(Watcher watcher) {
        try (NativeFile file = NativeFile.open(path, NativeFile.READ_ONLY | NativeFile.NO_FOLLOW, 0)) {
            if (file.status().isSameFile(participants)) {
                FileLocks.awaitShared(file, watcher.token, 1);
            }
        } catch (RuntimeException | Error e) {
            // Not lost: the hint makes its receiver ask isAlive, which meets the same obstacle and reports it.
            LOG.debug("cannot watch process {}", Long.toHexString(watcher.token), e);
        } finally {
            // In any case: a watcher without a thread would tell nobody of that process's death, for ever.
            watchers.remove(watcher.token, watcher);
            watcher.tellAll();
        }
    }

    /** One notice; two with the same hint are two. */
    private static final class Interest {

        private final Runnable hint;

        Interest(Runnable hint) {
            this.hint = hint;
        }
    }

    /** Who wants to hear of one process. */
    private static final class Watcher {

        private final long token;
        private Set<Interest> interests = new LinkedHashSet<>();

        Watcher(long token) {
            this.token = token;
        }

        synchronized boolean add(Interest interest) {
            return interests != null && interests.add(interest);
        }

        synchronized void remove(Interest interest) {
            if (interests != null) {
                interests.remove(interest);
            }
        }

        void tellAll() {
            Throwable failure = null;
            for (Interest interest : takeAll()) {
                try {
                    interest.hint.run();
                } catch (RuntimeException | Error e) {
                    // The others are told all the same, and before anything is said about it.
                    failure = e;
                }
            }
            if (failure != null) {
                LOG.warn("a hint on the death of process {} failed", Long.toHexString(token), failure);
            }
        }

        private synchronized Set<Interest> takeAll() {
            Set<Interest> taken = interests;
            interests = null;
            return taken;
        }
    }
}
