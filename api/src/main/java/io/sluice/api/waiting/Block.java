package io.sluice.api.waiting;

import java.util.function.BooleanSupplier;

/** Spins as long as a sleep and a wake would cost, then sleeps until woken. */
final class Block implements WaitStrategy {

    // About the price of a futex round trip: waiting longer than that awake can at most double a short wait's cost.
    private static final int SPINS = 200;

    /**
     * How long in nanoseconds it sleeps before it looks a second time. A heavy fence may miss the processor of another
     * process (see Membarrier), which then may not see our announcement; but long before this has passed we see what it
     * stored in front of that look, and whatever it stores later comes with a look that sees the announcement. Longer than
     * most sleeps, which it would end once for nothing: who sleeps for a millisecond each time pays a quarter more then.
     */
    static final long SECOND_LOOK_NANOS = 5_000_000;

    static final WaitStrategy INSTANCE = new Block(SPINS);

    private static final WaitStrategy RESUMED = new Block(0);

    private final int spins;

    /** Sleeps after so many looks; for tests that pay for each. */
    Block(int spins) {
        this.spins = spins;
    }

    @Override
    public boolean await(WakeWord word, BooleanSupplier condition, long nanos) {
        if (WaitStrategy.spinFor(spins, word.memory(), condition)) {
            return true;
        }
        int announced = word.announce();
        if (condition.getAsBoolean()) {
            return true;
        }
        long left = nanos;
        if (left > SECOND_LOOK_NANOS && !Thread.currentThread().isInterrupted()) {
            word.sleep(announced, SECOND_LOOK_NANOS);
            if (condition.getAsBoolean()) {
                return true;
            }
            left -= SECOND_LOOK_NANOS;
        }
        if (!Thread.currentThread().isInterrupted()) {
            // Returns at once if somebody woke us meanwhile.
            word.sleep(announced, left);
        }
        return condition.getAsBoolean();
    }

    @Override
    public WaitStrategy resumed() {
        return RESUMED;
    }

    @Override
    public boolean sleepsUntilWoken() {
        // A virtual thread's carrier, which sleeps with it, may be what the one who is to wake it needs.
        return !CarrierFriendly.isVirtual(Thread.currentThread());
    }

    @Override
    public String toString() {
        return "block";
    }
}
