package io.sluice.benchmarks.run;

import io.sluice.benchmarks.worker.Job;
import io.sluice.benchmarks.worker.Outcome;
import java.util.List;

/**
 * Whether a stream that was received is the one that was sent: as many messages, with the same sum of all fields; over
 * what loses messages, not more of them.
 */
final class Accounts {

    private Accounts() {}

    /**
     * Compares what the ends counted.
     *
     * @throws IllegalStateException if it does not agree
     */
    static void check(Job job, Crew.Outcomes outcomes) {
        if (!job.measure().isStream()) {
            return;
        }
        List<Outcome> receivers = outcomes.receivers();
        if (job.means().loses()) {
            outcomes.receivers().forEach(receiver -> checkNotMore(job, outcomes.sender(), receiver));
        } else if (job.means().broadcasts()) {
            receivers.forEach(receiver -> compare(job, outcomes.senders(), List.of(receiver)));
        } else {
            compare(job, outcomes.senders(), receivers);
        }
    }

    private static void checkNotMore(Job job, Outcome sender, Outcome receiver) {
        if (receiver.getTotalCount() > sender.getTotalCount()) {
            throw new IllegalStateException(job.transport() + " " + job.shape() + ": sent were "
                    + sender.getTotalCount() + " messages, received " + receiver.getTotalCount());
        }
    }

    private static void compare(Job job, List<Outcome> senders, List<Outcome> receivers) {
        long sent = senders.stream().mapToLong(Outcome::getTotalCount).sum();
        long received = receivers.stream().mapToLong(Outcome::getTotalCount).sum();
        long sentSum = senders.stream().mapToLong(Outcome::getTotalSum).sum();
        long receivedSum = receivers.stream().mapToLong(Outcome::getTotalSum).sum();
        if (sent != received || sentSum != receivedSum) {
            throw new IllegalStateException(job.transport() + " " + job.shape() + ": sent were " + sent
                    + " messages with the sum " + Long.toHexString(sentSum) + ", received " + received + " with "
                    + Long.toHexString(receivedSum));
        }
    }
}
