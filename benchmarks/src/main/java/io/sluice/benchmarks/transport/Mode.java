package io.sluice.benchmarks.transport;

import java.util.Locale;

/** How the two ends of a transport wait. */
public enum Mode {
    /** By looking again at once: a processor for each end. */
    SPIN,
    /** By sleeping in the kernel. */
    BLOCK,
    /** By looking for a while, then sleeping for longer and longer times. */
    BACK_OFF;

    /** The mode's name on the command line and in results. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
