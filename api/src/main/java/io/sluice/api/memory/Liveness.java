package io.sluice.api.memory;

/**
 * Who this process is, and whether another one can still act. Implementations are safe for use by any thread.
 */
public interface Liveness {

    /** Token of this process, never 0; no other process of this machine has or will have it. */
    long token();

    /**
     * Whether the process with {@code token} still exists. {@code false} is a proof and final; a stopped process is
     * alive; 0 and negative numbers name no process and are not alive.
     */
    boolean isAlive(long token);
}
