package io.sluice.benchmarks.run;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the measured processes are started: the same flags for every transport. */
public final class Jvm {

    /** From this JDK on native access and sun.misc.Unsafe are to be allowed, or the JVM warns. */
    private static final int QUIET_FROM = 23;

    /** A small heap of fixed size, one collector thread, and the doors that Chronicle and Agrona need. */
    private static final List<String> FLAGS = List.of(
            "-Xms128m",
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED");

    private Jvm() {}

    /** Flags of every measured process, and {@code more}. */
    static List<String> flags(List<String> more) {
        List<String> flags = new ArrayList<>(FLAGS);
        if (Runtime.version().feature() >= QUIET_FROM) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        flags.addAll(more);
        return flags;
    }

    /** A command that runs {@code main} on this JVM's class path. */
    public static List<String> command(List<String> moreFlags, Class<?> main, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags(moreFlags));
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add(main.getName());
        command.addAll(arguments);
        return command;
    }
}
