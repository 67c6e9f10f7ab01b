package io.sluice.api.testing;

/** One run of an operation by a process that may be killed on the way. */
public interface KillTrial {

    /** The memory through which the operation works, with everything before the operation already done. */
    DyingMemory memory();

    /** The operation. */
    void operate();

    /** What survivors find and do, with the checks of what must hold; {@link DyingMemory#isDead()} says what happened. */
    void survive();
}
