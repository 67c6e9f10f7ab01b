package io.sluice.api.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What people and tools want to read about a process. Never the base of a verdict: ids are used again, and mean
 * different processes in different namespaces.
 *
 * @param pid the id in the process's own pid namespace
 * @param startTime when it started, or {@link Instant#EPOCH} if the system does not say
 * @param bootId which boot of the machine it belongs to, or empty if the system does not say
 * @param user the name of the user it runs as
 * @param command the main class or jar, without arguments
 */
public record ProcessInfo(long pid, Instant startTime, String bootId, String user, String command) {

    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");

    /** Describes this process. */
    static ProcessInfo ofThisProcess() {
        ProcessHandle self = ProcessHandle.current();
        return new ProcessInfo(
                self.pid(),
                self.info().startInstant().orElse(Instant.EPOCH),
                readBootId(),
                System.getProperty("user.name", ""),
                mainClass(self));
    }

    private static String readBootId() {
        try {
            return Files.isReadable(BOOT_ID) ? Files.readString(BOOT_ID).strip() : "";
        } catch (IOException unreadable) {
            return "";
        }
    }

    private static String mainClass(ProcessHandle self) {
        String line = System.getProperty("sun.java.command", "");
        int end = line.indexOf(' ');
        String first = end < 0 ? line : line.substring(0, end);
        return first.isEmpty() ? self.info().command().orElse("java") : first;
    }
}
