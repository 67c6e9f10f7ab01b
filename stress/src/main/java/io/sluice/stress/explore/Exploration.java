package io.sluice.stress.explore;

import java.util.Optional;

/**
 * What an exploration did.
 *
 * @param scenario name of the scenario
 * @param bounds how far it was to go
 * @param schedules executions within the bounds, each a different one unless they were random
 * @param accesses accesses performed in them
 * @param nanos time it took
 * @param exhaustive whether these were all executions within the bounds
 * @param finding the first execution that broke the contract
 */
public record Exploration(
        String scenario,
        Bounds bounds,
        long schedules,
        long accesses,
        long nanos,
        boolean exhaustive,
        Optional<Finding> finding) {}
