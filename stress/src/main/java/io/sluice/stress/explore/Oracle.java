package io.sluice.stress.explore;

/** Says whether an execution kept the contract. */
@FunctionalInterface
public interface Oracle {

    /**
     * Judges one finished execution.
     *
     * @throws ViolationException if it broke the contract
     */
    void check(Outcome outcome);
}
