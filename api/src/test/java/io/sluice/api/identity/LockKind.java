package io.sluice.api.identity;

/** The ways to lock bytes of a file, for tests to run with each. */
enum LockKind {
    DESCRIPTION,
    CHANNEL;

    ByteLocks.Opener opener() {
        return this == DESCRIPTION ? DescriptionByteLocks::open : ChannelByteLocks::open;
    }
}
