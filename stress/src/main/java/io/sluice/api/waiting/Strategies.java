package io.sluice.api.waiting;

/** Wait strategies of production for machines on which every look is dear. In this package because they are hidden. */
public final class Strategies {

    private Strategies() {}

    /** {@link WaitStrategy#block()} without its spinning. */
    public static WaitStrategy blockAtOnce() {
        return new Block(0);
    }
}
