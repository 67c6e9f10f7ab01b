package io.sluice.api.identity;

/** The standard library's locks, which other systems than Linux fall back to. */
class ChannelLocksIdentityTest extends IdentityContract {

    ChannelLocksIdentityTest() {
        super(LockKind.CHANNEL);
    }
}
