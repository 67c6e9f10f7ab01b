package io.sluice.stress.explore;

/**
 * How far an exploration goes.
 *
 * @param model what may happen to an actor's accesses
 * @param preemptions how often an actor that could go on may be stopped for another one
 * @param delays how often stores may stay behind when their actor stops, be lost with it, or a load be stale
 */
public record Bounds(MemoryModel model, int preemptions, int delays) {

    /** Checks the numbers. */
    public Bounds {
        if (preemptions < 0 || delays < 0) {
            throw new IllegalArgumentException(preemptions + " preemptions, " + delays + " delays: below 0");
        }
    }

    Bounds withPreemptions(int newPreemptions) {
        return new Bounds(model, newPreemptions, delays);
    }

    @Override
    public String toString() {
        return model + " k=" + preemptions + (model == MemoryModel.SC ? "" : " d=" + delays);
    }
}
