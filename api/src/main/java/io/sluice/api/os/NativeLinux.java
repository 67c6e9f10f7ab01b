package io.sluice.api.os;

/**
 * Says whether the native calls of this package work in this JVM.
 *
 * <p>They do on Linux with an x86-64 or aarch64 processor and a JNA library that could be loaded. Any thread may ask;
 * the answer never changes.
 */
public final class NativeLinux {

    private static final String SYSTEM = System.getProperty("os.name") + " on " + System.getProperty("os.arch");
    private static final boolean LINUX = "Linux".equals(System.getProperty("os.name"));
    private static final boolean X86_64 = "amd64".equals(System.getProperty("os.arch"));
    private static final boolean AARCH64 = "aarch64".equals(System.getProperty("os.arch"));

    private NativeLinux() {}

    /** Returns whether every class of this package can be used here. */
    public static boolean isSupported() {
        return Loaded.OBSTACLE.isEmpty();
    }

    /**
     * Returns normally where {@link #isSupported()} holds.
     *
     * @throws UnsupportedOperationException elsewhere; the message names the system and what is in the way
     */
    public static void require() {
        if (!isSupported()) {
            throw new UnsupportedOperationException(
                    "native calls need Linux on x86-64 or aarch64 with a loadable JNA; this is " + SYSTEM + ": "
                            + Loaded.OBSTACLE);
        }
    }

    /** Picks the value that is right for this processor: system call numbers and a few flags differ. */
    static int perProcessor(int x86Value, int armValue) {
        return AARCH64 ? armValue : x86Value;
    }

    /** Binds the C library's functions on first use and keeps the reason when that fails. */
    private static final class Loaded {

        static final String OBSTACLE = load();

        private static String load() {
            if (!LINUX || !(X86_64 || AARCH64)) {
                return "its system call numbers are not known";
            }
            try {
                LibC.load();
                return "";
            } catch (LinkageError | RuntimeException notLoadable) {
                return notLoadable.toString();
            }
        }
    }
}
