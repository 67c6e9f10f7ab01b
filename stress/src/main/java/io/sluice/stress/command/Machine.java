package io.sluice.stress.command;

/** What a report was made on. */
public final class Machine {

    private Machine() {}

    /** JDK, system and processors, in a line. */
    public static String describe() {
        return String.format(
                "Java %s, %s, %s, %d processors",
                Runtime.version(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors());
    }
}
