package io.sluice.cli.exit;

/** What the command's exit codes mean; each {@code --help} shows those that apply. */
public final class ExitCode {

    /** Done. */
    public static final int OK = 0;

    /** Something failed; one line on standard error says what. */
    public static final int FAILURE = 1;

    /** The command line is wrong; one line on standard error says where. */
    public static final int USAGE = 2;

    /** Everything that was committed has been delivered, but the sender went away before its end. */
    public static final int SENDER_GONE = 3;

    /** A live process has the role already. */
    public static final int BUSY = 4;

    /** Nothing moved for as long as {@code --timeout} allows. */
    public static final int TIMEOUT = 5;

    /** Whoever read the output went away, as a shell reports a SIGPIPE. */
    public static final int OUTPUT_CLOSED = 141;

    private ExitCode() {}
}
