package io.sluice.stress.storm;

/**
 * What a process noted in its journal.
 *
 * @param nanos when, on the clock that all processes of the machine share
 * @param event what, a number of the target's own
 * @param a of what or how many
 * @param b more about it
 */
public record Entry(long nanos, int event, long a, long b) {}
