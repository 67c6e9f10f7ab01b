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
    private static final double NEARLY = 0.9;
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
        for (Report.Row ours : report.rows("THROUGHPUT")) {
            if (ours.isPairOf("sluice-spsc")) {
                for (String other : List.of("pipe", "fifo", "unix", "tcp")) {
                    report.find("THROUGHPUT", other, ours.bytes(), "")
                            .filter(peer -> median(peer) >= NEARLY * median(ours))
                            .ifPresent(peer -> sentences.add(text(
                                    "Messages of %s: %s moves %.2f times what shared memory does; what takes the time is the"
                                            + " copying.",
                                    Scale.bytes((double) ours.bytes()),
                                    Titles.of(other),
                                    median(peer) / median(ours))));
                }
            }
        }
        Optional<Report.Row> stream = report.find("THROUGHPUT", "sluice-spsc", 32, "");
        for (String other : List.of("pipe-batch", "fifo-batch", "unix-batch", "tcp-batch")) {
            Optional<Report.Row> peer = report.find("THROUGHPUT", other, 32, "");
            if (stream.isPresent() && peer.isPresent()) {
                double ratio = median(peer.get()) / median(stream.get());
                sentences.add(text(
                        "Small messages that the writer batches into writes of 64 KiB: %s carries %.2f times what"
                                + " Sluice's SPSC ring carries one by one.",
                        Titles.of(other), ratio));
            }
        }
        return sentences;
    }

    private static double median(Report.Row row) {
        return row.median("messages_per_second");
    }

    private static String wake(String other, double theirs, double ours) {
        String verdict = theirs <= ours * AS_GOOD ? "is as good as shared memory" : "is slower than shared memory";
        return text(
                "Waking a receiver that sleeps, %s %s: p50 %.1f us against %.1f us; what takes the time is the kernel's wake-up.",
                Titles.of(other), verdict, theirs / MICROS, ours / MICROS);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
