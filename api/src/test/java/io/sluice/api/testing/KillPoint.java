package io.sluice.api.testing;

/**
 * One moment at which a process can be killed: in front of its n-th access, or half-way through it.
 *
 * @param access number of the access, from 1
 * @param inside whether half of the access happens
 */
public record KillPoint(long access, boolean inside) {

    /** Runs the trial's operation and has its process die here. */
    public void kill(KillTrial trial) {
        if (inside) {
            trial.memory().dieInside(access);
        } else {
            trial.memory().dieAt(access);
        }
        try {
            trial.operate();
        } catch (ProcessDied expected) {
            if (trial.memory().isDead()) {
                return;
            }
        }
        throw new AssertionError("the operation ended without reaching " + this);
    }

    @Override
    public String toString() {
        return (inside ? "death half-way through access " : "death in front of access ") + access;
    }
}
