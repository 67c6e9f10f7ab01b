package io.sluice.api.testing;

/**
 * The process that a {@link DyingMemory} stands for was killed: thrown in place of an access, so that nothing of the
 * code under test runs on. An {@link Error}, because no code under test may catch it.
 */
public final class ProcessDied extends Error {

    private static final long serialVersionUID = 1L;

    /** Says where the process died. */
    public ProcessDied(String where) {
        super(where);
    }
}
