package io.sluice.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Where the alternatives are as good, in so many words: said from this run's figures, if it measured them. */
final class Verdict {

    private static final String SLEEPER = "sluice-spsc-block";
    private static final String USUAL_GAP = "1000 us";
    private static final double AS_GOOD = 1.1;
    private static final double MICROS = 1e3;

    private Verdict() {}

    static List<String> sentences(Report report) {
        List<String> sentences = new ArrayList<>();
        Optional<Report.Row> sleeper = report.find("WAKE", SLEEPER, 32, USUAL_GAP);
        for (String other : List.of("pipe", "fifo", "unix", "tcp", "posix-mq")) {
            Optional<Report.Row> peer = report.find("WAKE", other, 32, USUAL_GAP);
            if (sleeper.isPresent() && peer.isPresent()) {
                sentences.add(wake(
                        other, peer.get().median("p50_nanos"), sleeper.get().median("p50_nanos")));
            }
        }
        Optional<Report.Row> stream = report.find("THROUGHPUT", "sluice-spsc", 32, "");
        for (String other : List.of("pipe-batch", "fifo-batch", "unix-batch", "tcp-batch")) {
            Optional<Report.Row> peer = report.find("THROUGHPUT", other, 32, "");
            if (stream.isPresent() && peer.isPresent()) {
                double ratio =
                        peer.get().median("messages_per_second") / stream.get().median("messages_per_second");
                sentences.add(text(
                        "Small messages that the writer batches into writes of 64 KiB: %s carries %.2f times what"
                                + " sluice-spsc carries one by one.",
                        other, ratio));
            }
        }
        return sentences;
    }

    private static String wake(String other, double theirs, double ours) {
        String verdict = theirs <= ours * AS_GOOD ? "is as good as shared memory" : "is slower than shared memory";
        return text(
                "Waking a receiver that sleeps, %s %s: p50 %.1f us against %.1f us; what takes the time is the kernel's wake-up.",
                other, verdict, theirs / MICROS, ours / MICROS);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
