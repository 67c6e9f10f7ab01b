package io.sluice.stress.explore;

/** Decides what happens where more than one thing may. */
interface Chooser {

    /**
     * Picks one of several actions.
     *
     * @param step accesses performed so far
     * @param actions what may happen, see {@link Action}; the first is the ordinary course of things
     * @param count how many of them, at least 2
     * @return an index below {@code count}
     */
    int choose(int step, int[] actions, int count);
}
