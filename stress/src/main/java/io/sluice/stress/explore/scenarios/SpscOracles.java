package io.sluice.stress.explore.scenarios;

import io.sluice.stress.explore.Outcome;
import java.util.Arrays;
import java.util.stream.LongStream;

/** What an SPSC ring promises, judged by what its producers and consumers noted. */
final class SpscOracles {

    private SpscOracles() {}

    static void everythingOnce(Outcome outcome, int messages) {
        outcome.require(outcome.count("torn") == 0, "a torn message was delivered");
        outcome.requireEqual(LongStream.rangeClosed(1, messages).toArray(), outcome.values("got"), "messages");
    }

    static void committedOnceThenSuccessor(Outcome outcome) {
        long[] got = outcome.values("got");
        outcome.require(got.length > 0 && got[got.length - 1] == 100, "the successor's message did not arrive last");
        committedOnce(outcome, Arrays.copyOf(got, got.length - 1));
    }

    /** {@code got} has what was committed, in order, and perhaps what its producer was about to tell of. */
    static void committedOnce(Outcome outcome, long[] got) {
        outcome.require(outcome.count("torn") == 0, "a torn message was delivered");
        long[] begun = Arrays.stream(outcome.values("offers"))
                .filter(number -> number != 100)
                .toArray();
        long[] told = Arrays.stream(outcome.values("offered"))
                .filter(number -> number != 100)
                .toArray();
        int next = 0;
        for (long number : begun) {
            boolean here = next < got.length && got[next] == number;
            boolean committed = Arrays.stream(told).anyMatch(other -> other == number);
            outcome.require(here || !committed, "message " + number + " was committed and did not arrive");
            next += here ? 1 : 0;
        }
        outcome.require(next == got.length, "more was delivered than was offered: " + Arrays.toString(got));
    }

    /** The successor starts with what was not acknowledged, and misses nothing. */
    static void onlyUnacknowledgedAgain(Outcome outcome) {
        outcome.require(outcome.count("torn") == 0, "a torn message was delivered");
        long[] first = outcome.values("consumer", "got");
        long[] second = outcome.values("successor", "got");
        outcome.requireEqual(LongStream.rangeClosed(1, first.length).toArray(), first, "the first consumer's messages");
        outcome.require(second.length > 0, "the second consumer got nothing");
        outcome.requireEqual(LongStream.rangeClosed(second[0], 2).toArray(), second, "the second consumer's messages");
        outcome.require(second[0] <= first.length + 1, "messages before " + second[0] + " were lost");
        long acknowledged =
                Arrays.stream(outcome.values("consumer", "acknowledged")).sum();
        outcome.require(second[0] > acknowledged, "message " + second[0] + " came again after its acknowledgement");
    }
}
