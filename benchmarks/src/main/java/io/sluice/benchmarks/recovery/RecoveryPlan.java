package io.sluice.benchmarks.recovery;

import java.nio.file.Path;
import java.util.List;

/**
 * What a measurement of recovery does.
 *
 * @param situations which kinds of locks, by name
 * @param kills how many times are taken of each
 * @param warmup how many kills go before those
 * @param batch how many processes to be killed are started at a time
 * @param residentMebibytes how much of its heap a process has touched when it is killed
 * @param strategy how the heir waits
 * @param seed of the random moments
 * @param directory where the locks' files go
 */
record RecoveryPlan(
        List<String> situations,
        int kills,
        int warmup,
        int batch,
        int residentMebibytes,
        String strategy,
        long seed,
        Path directory) {

    RecoveryPlan {
        situations = List.copyOf(situations);
        situations.forEach(Situation::named);
        if (kills < 1 || warmup < 0 || batch < 1 || residentMebibytes < 0) {
            throw new IllegalArgumentException(kills + " kills after " + warmup + ", " + batch + " at a time, with "
                    + residentMebibytes + " MiB: not that few");
        }
        if (!Heir.knows(strategy)) {
            throw new IllegalArgumentException("there is no wait strategy \"" + strategy + "\"");
        }
    }
}
