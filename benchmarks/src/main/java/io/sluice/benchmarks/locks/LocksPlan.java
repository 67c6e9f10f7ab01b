package io.sluice.benchmarks.locks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a comparison of locks does.
 *
 * @param measures what of each lock
 * @param subjects which locks, by name
 * @param forks how often each row is measured, each time by new processes
 * @param warmup before each measurement
 * @param time of each measurement
 * @param gap how long a place is kept, for {@link Measure#SLEEPER}
 * @param directory where the locks' files go
 */
record LocksPlan(
        Set<Measure> measures,
        List<String> subjects,
        int forks,
        Duration warmup,
        Duration time,
        Duration gap,
        Path directory) {

    LocksPlan {
        measures = Set.copyOf(measures);
        subjects = List.copyOf(subjects);
        subjects.forEach(Subject::named);
        if (forks < 1
                || warmup.isNegative()
                || time.isZero()
                || time.isNegative()
                || gap.isZero()
                || gap.isNegative()) {
            throw new IllegalArgumentException(forks + " forks, each " + warmup + " of warm-up and " + time
                    + " measured, with gaps of " + gap + ": not that little");
        }
    }

    /** A line of the result. */
    record Row(Measure measure, Subject subject, Mode mode) {

        @Override
        public String toString() {
            return measure + " " + subject.name() + " " + mode;
        }
    }

    /** All lines, in the order in which they are shown. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        for (Measure measure : Measure.values()) {
            for (Mode mode : Mode.values()) {
                for (Subject subject : Subject.all()) {
                    boolean makesSense = measure.hasModes() || mode == Mode.BLOCK;
                    if (makesSense
                            && measures.contains(measure)
                            && subjects.contains(subject.name())
                            && subject.measures().contains(measure)) {
                        rows.add(new Row(measure, subject, mode));
                    }
                }
            }
        }
        return rows;
    }
}
