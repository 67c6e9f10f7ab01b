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

    /**
     * Asks that {@code hint} run once, soon after the process with {@code token}, which is another one, has died; it
     * may run for nothing, or never. Whoever waits still asks {@link #isAlive} now and then.
     *
     * @param hint short, and throws nothing; any thread may run it
     * @return {@link DeathNotice#NONE} if it never runs
     */
    default DeathNotice onDeath(long token, Runnable hint) {
        return DeathNotice.NONE;
    }
}
