package io.sluice.stress.explore;

/**
 * Something an actor noted.
 *
 * @param actor who
 * @param what what, in the scenario's own words
 * @param value a number to it
 */
public record Event(String actor, String what, long value) {

    @Override
    public String toString() {
        return actor + " " + what + " " + value;
    }
}
