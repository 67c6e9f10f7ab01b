package io.sluice.api.identity;

import io.sluice.api.testing.ChildConsole;
import io.sluice.api.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs as the first process of a pid namespace, where it may choose the next pid: kills a process with a token, lets
 * another one have its pid, and says what the token's owner is taken for.
 */
final class PidReuseScene {

    private static final int ATTEMPTS = 1000;

    private PidReuseScene() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path directory = Path.of(arguments[0]);
        ProcessIdentity identity = ProcessIdentity.in(directory);
        long token;
        long pid;
        try (ChildJvm child = ChildJvm.start(IdentityChild.class, arguments[0], LockKind.DESCRIPTION.name())) {
            token = IdentityContract.tokenOf(child);
            pid = child.pid();
        }
        Process other = startWithPid(pid);
        boolean dead = !identity.isAlive(token);
        boolean running = other.isAlive() && other.pid() == pid;
        new ChildConsole().say((dead ? "dead" : "alive") + " although its pid is " + (running ? "running" : "free"));
        other.destroyForcibly().waitFor();
    }

    /** The kernel gives out the pid after the last one, which can be set; threads of this JVM compete for it. */
    private static Process startWithPid(long pid) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Files.writeString(Path.of("/proc/sys/kernel/ns_last_pid"), Long.toString(pid - 1));
            Process process = new ProcessBuilder("sleep", "600").start();
            if (process.pid() == pid) {
                return process;
            }
            process.destroyForcibly().waitFor();
        }
        throw new IllegalStateException("no process got pid " + pid);
    }
}
