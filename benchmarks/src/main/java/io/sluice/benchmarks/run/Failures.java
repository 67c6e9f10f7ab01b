package io.sluice.benchmarks.run;

import io.sluice.benchmarks.peer.AtExit;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * What failed in a run and was measured once more: half an hour of other results should not be lost for it, and nobody
 * should overlook it. Confined to one thread.
 */
final class Failures {

    private final PrintStream progress;
    private final List<String> sentences = new ArrayList<>();

    /** None yet; each is told to {@code progress}, too. */
    Failures(PrintStream progress) {
        this.progress = progress;
    }

    /** Something that takes time and may fail. */
    interface Measurement<T> {

        /** Measures; throws {@link IllegalStateException} if something measured failed. */
        T run() throws IOException, InterruptedException;
    }

    /**
     * Measures, and if that fails once more.
     *
     * @param what is measured, for people
     * @throws IllegalStateException if both fail
     */
    <T> T atMostTwice(String what, Measurement<T> measurement) throws IOException, InterruptedException {
        try {
            return measurement.run();
        } catch (IllegalStateException first) {
            AtExit.standStillIfEnding();
            String sentence = what + ": " + first.getMessage();
            sentences.add(sentence);
            progress.println("FAILED, once more: " + sentence);
            try {
                return measurement.run();
            } catch (IllegalStateException second) {
                second.addSuppressed(first);
                throw second;
            }
        }
    }

    /** One sentence each. */
    List<String> sentences() {
        return List.copyOf(sentences);
    }
}
