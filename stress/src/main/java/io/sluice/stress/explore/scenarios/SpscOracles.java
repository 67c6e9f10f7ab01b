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
        onlyUnacknowledgedAgain(outcome, 2, "consumer", "successor");
    }

    /**
     * Of consumers that came one after the other, each starts with what was not acknowledged, and the last one gets all
     * that is left.
     */
    static void onlyUnacknowledgedAgain(Outcome outcome, long messages, String... consumers) {
        outcome.require(outcome.count("torn") == 0, "a torn message was delivered");
        long handled = 0;
        long acknowledged = 0;
        for (String consumer : consumers) {
            long[] got = outcome.values(consumer, "got");
            if (got.length == 0) {
                continue;
            }
            long first = got[0];
            outcome.requireEqual(
                    LongStream.range(first, first + got.length).toArray(), got, "messages of the " + consumer);
            outcome.require(first <= handled + 1, "messages before " + first + " were lost");
            outcome.require(first > acknowledged, "message " + first + " came again after its acknowledgement");
            handled = first + got.length - 1;
            acknowledged = first
                    - 1
                    + Arrays.stream(outcome.values(consumer, "acknowledged")).sum();
        }
        String last = consumers[consumers.length - 1];
        outcome.require(outcome.count(last, "got") > 0, "the " + last + " got nothing");
        outcome.require(handled == messages, "the last message is " + handled);
    }
}
