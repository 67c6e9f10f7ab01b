package io.sluice.api.identity;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.Liveness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * This process among those that share a region directory: its token, and the proof whether others are alive.
 *
 * <p>There is one per directory and class loader; two class loaders of one JVM are two participants. It lasts until the
 * process ends or {@link #close()}. Any thread may call any method.
 *
 * <p>A verdict "dead" rests on the kernel having released the lock on the token's byte, which it does after the
 * process can no longer run, and on the participants file still being the one that its path names. A stopped process,
 * one with a long pause, and one in another pid namespace are alive. A killed process that its parent has not yet
 * reaped is dead.
 */
public final class ProcessIdentity implements Liveness, AutoCloseable {

    private static final Duration REGISTRATION_PATIENCE = Duration.ofSeconds(10);

    /**
     * The identities of this class loader by real directory: mutable static state, because what it mirrors, the locks
     * of this process, is just as global. Guarded by itself.
     */
    private static final Map<Path, ProcessIdentity> IDENTITIES = new HashMap<>();

    private final Path directory;
    private final ByteLocks file;
    private final long participantsId;
    private final long token;
    private final ProcessInfo info = ProcessInfo.ofThisProcess();

    private ProcessIdentity(Path directory, ByteLocks file, long participantsId, long token) {
        this.directory = directory;
        this.file = file;
        this.participantsId = participantsId;
        this.token = token;
    }

    /**
     * Returns this process's identity in a directory, taking one on the first call.
     *
     * <p>If the participants file was deleted or replaced since, the caller gets a new identity in the new file. The
     * earlier one stays as it is for those who have it; it no longer gives verdicts.
     *
     * @param directory an existing directory; different paths to it give the same identity
     * @throws ParticipantsFormatException if the participants file is something else or damaged; it was only read
     * @throws IOException if the directory does not exist or the file cannot be made or locked
     * @throws io.sluice.api.os.NativeCallException if the kernel refuses, for lack of permission for example
     */
    public static ProcessIdentity in(Path directory) throws IOException {
        return in(directory, ByteLocks.ofThisSystem());
    }

    static ProcessIdentity in(Path directory, ByteLocks.Opener opener) throws IOException {
        Path real = directory.toRealPath();
        synchronized (IDENTITIES) {
            ProcessIdentity known = IDENTITIES.get(real);
            if (known != null && known.file.isStillNamed()) {
                return known;
            }
            ProcessIdentity registered = register(real, opener);
            IDENTITIES.put(real, registered);
            return registered;
        }
    }

    private static ProcessIdentity register(Path directory, ByteLocks.Opener opener) throws IOException {
        Pause pause = new Pause(REGISTRATION_PATIENCE);
        try {
            while (true) {
                ProcessIdentity identity = tryRegister(directory, opener);
                if (identity != null) {
                    return identity;
                }
                if (!pause.next()) {
                    throw new IOException(directory.resolve(ParticipantsLayout.FILE_NAME)
                            + ": no free token; another process holds a lock on the whole file");
                }
            }
        } finally {
            pause.end();
        }
    }

    /** Takes a token, or returns null if somebody else is just locking or replacing the file. */
    private static ProcessIdentity tryRegister(Path directory, ByteLocks.Opener opener) throws IOException {
        ByteLocks file = Participants.openOrCreate(directory, opener);
        boolean registered = false;
        try {
            long id = Participants.idOf(file);
            long token = Participants.randomToken();
            // The look at the path comes after the lock: a file that was retired before it is noticed here, and one
            // that we hold a byte of is not retired.
            registered = file.tryLock(token, 1) && file.isStillNamed();
            return registered ? new ProcessIdentity(directory, file, id, token) : null;
        } finally {
            if (!registered) {
                file.close();
            }
        }
    }

    /** Returns the token of this process: between 4096 and 2^60, random, never used before or again. */
    @Override
    public long token() {
        return token;
    }

    /** Returns the id of the participants file, for regions to remember; never 0. */
    public long participantsId() {
        return participantsId;
    }

    /**
     * Returns whether the process with a token can still do anything.
     *
     * <p>{@code false} is a proof and final. {@code true} may be out of date when it is returned, and is given for a
     * moment to a dead process too while somebody tries to retire the participants file. A number that cannot be a
     * token names nobody and is not alive. One system call of well below a microsecond for a live process, two for a
     * dead one; for a live one nothing is allocated.
     *
     * @throws ParticipantsReplacedException if the participants file was deleted or replaced; nobody is declared dead
     * @throws IllegalStateException after {@link #close()}
     * @throws io.sluice.api.os.NativeCallException if the kernel refuses
     */
    @Override
    public boolean isAlive(long token) {
        if (token == this.token) {
            return true;
        }
        if (!ParticipantsLayout.isToken(token)) {
            return false;
        }
        try {
            if (file.isLockedByAnother(token)) {
                return true;
            }
            // After the query, not before: a process that came later can hold its token in another file only if our
            // file had lost its name before that process locked its byte, which this look then notices.
            if (file.isStillNamed()) {
                return false;
            }
            throw new ParticipantsReplacedException(file.path(), file.openedFile(), file.namedFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file.path() + ": cannot ask for process " + Long.toHexString(token), e);
        }
    }

    /**
     * Asks to be told when a process may have died: {@code hint} runs once, on a thread of Sluice's own, about a
     * millisecond after the death, at once if it is dead already, and also when the participants file turns out to have
     * been replaced. It is a hint: ask {@link #isAlive}.
     *
     * <p>It may cost a sleeping daemon thread per watched process until that process ends, even after the notice is
     * closed. Where the system offers no such wait, the hint never runs: keep asking {@link #isAlive} now and then.
     *
     * @param token the other process
     * @param hint short, and throws nothing
     */
    @Override
    public DeathNotice onDeath(long token, Runnable hint) {
        if (token == this.token || !ParticipantsLayout.isToken(token)) {
            throw new IllegalArgumentException("not the token of another process: " + Long.toHexString(token));
        }
        return file.deathWatch().watch(token, hint);
    }

    /** Returns what people and tools want to read about this process. */
    public ProcessInfo info() {
        return info;
    }

    /** Returns {@link ProcessInfo#pid()} of this process. */
    public long pid() {
        return info.pid();
    }

    /** Returns {@link ProcessInfo#user()} of this process. */
    public String user() {
        return info.user();
    }

    /** Returns {@link ProcessInfo#command()} of this process. */
    public String command() {
        return info.command();
    }

    /**
     * Gives the token back: for all others this participant is dead from now on, and they take what it owned.
     *
     * <p>Only for when nothing of the directory is attached any more and the class loader is to be thrown away; a
     * process that ends need not call it. Closing again does nothing.
     */
    @Override
    public void close() {
        synchronized (IDENTITIES) {
            IDENTITIES.remove(directory, this);
        }
        file.close();
    }

    /** Retires the participants file; see {@link Participants#retireIfUnused}. */
    static boolean retire(Path realDirectory) throws IOException {
        return retire(realDirectory, ByteLocks.ofThisSystem());
    }

    static boolean retire(Path realDirectory, ByteLocks.Opener opener) throws IOException {
        synchronized (IDENTITIES) {
            ProcessIdentity own = IDENTITIES.get(realDirectory);
            if (own != null && own.file.isStillNamed()) {
                boolean retired = Participants.retire(realDirectory, own.file, own.token);
                if (retired) {
                    own.close();
                }
                return retired;
            }
            return retireAsNobody(realDirectory, opener);
        }
    }

    private static boolean retireAsNobody(Path realDirectory, ByteLocks.Opener opener) throws IOException {
        try (ByteLocks file = opener.open(realDirectory.resolve(ParticipantsLayout.FILE_NAME))) {
            Participants.idOf(file);
            return Participants.retire(realDirectory, file, 0);
        } catch (NoSuchFileException nothingToRetire) {
            return false;
        }
    }

    /** Gives the identity up, then retires the participants file; see {@link Participants#leave}. */
    static boolean leave(Path realDirectory, ByteLocks.Opener opener) throws IOException {
        synchronized (IDENTITIES) {
            ProcessIdentity own = IDENTITIES.get(realDirectory);
            if (own != null) {
                own.close();
            }
            // Of all that leave, the last to give its token up finds the whole file free: those before it hold nothing
            // more. Whoever holds all of it at this moment removes it instead. With regions there somebody else comes
            // after us, and must not be kept from it by a look of ours.
            return Participants.hasNoRegions(realDirectory) && retireAsNobody(realDirectory, opener);
        }
    }

    @Override
    public String toString() {
        return "ProcessIdentity[" + Long.toHexString(token) + " in " + directory + "]";
    }
}
