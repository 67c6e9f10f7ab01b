package io.sluice.cli.pipe;

import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import java.time.Duration;
import java.util.Optional;

/** How long a pipe may stand still. Confined to one thread. */
final class Patience {

    private final Optional<Duration> limit;
    private final String name;
    private long since = System.nanoTime();

    Patience(PipeOptions options) {
        this.limit = options.patience();
        this.name = options.address().name();
    }

    /** Something moved. */
    void renew() {
        since = System.nanoTime();
    }

    /** Nothing moved. Gives up when that has been so for too long. */
    void check(String awaited) {
        if (limit.isPresent() && System.nanoTime() - since > limit.get().toNanos()) {
            throw new CommandFailure(
                    ExitCode.TIMEOUT,
                    name + ": " + awaited + " for " + limit.get().toMillis() + " ms, gave up");
        }
    }
}
