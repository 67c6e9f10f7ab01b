package io.sluice.stress;

import java.util.ArrayList;
import java.util.List;

/**
 * What JVMs that are started here need so that Chronicle maps memory in them, and so that newer ones say nothing about
 * it.
 */
public final class JvmFlags {

    private static final int FIRST_THAT_WARNS = 23;

    private JvmFlags() {}

    /** The flags for the version that runs this. */
    public static List<String> ofThisVersion() {
        List<String> flags = new ArrayList<>(List.of(
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
                "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED"));
        if (Runtime.version().feature() >= FIRST_THAT_WARNS) {
            flags.add("--enable-native-access=ALL-UNNAMED");
            flags.add("--sun-misc-unsafe-memory-access=allow");
        }
        return flags;
    }
}
