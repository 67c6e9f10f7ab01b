package io.sluice.stress.explore;

/**
 * What one actor does. It is run from its beginning many times, with the answers that the memory gave before, so it
 * must depend on nothing but the {@link Actor} it is given: no fields, no clock, no random numbers of its own.
 */
@FunctionalInterface
public interface ActorProgram {

    /** Runs the program once. Any exception that leaves it is a finding. */
    void run(Actor self) throws Exception;
}
