package io.sluice.api.spi;

/** Nothing on the class path implements what was asked for. */
public final class MissingProviderException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    /** Names what was wanted and the Maven artifact that has it. */
    public MissingProviderException(String wanted, String artifact) {
        super("nothing on the class path implements " + wanted + ": add " + artifact);
    }
}
