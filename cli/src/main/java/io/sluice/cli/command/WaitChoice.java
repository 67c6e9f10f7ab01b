package io.sluice.cli.command;

import io.sluice.api.waiting.WaitStrategy;
import java.util.Locale;

/** Values of {@code --wait}. */
enum WaitChoice {
    SPIN,
    YIELD,
    BACKOFF,
    BLOCK;

    WaitStrategy strategy() {
        return switch (this) {
            case SPIN -> WaitStrategy.spin();
            case YIELD -> WaitStrategy.yielding();
            case BACKOFF -> WaitStrategy.backOff();
            case BLOCK -> WaitStrategy.block();
        };
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
