package io.sluice.api.identity;

import io.sluice.api.memory.DeathNotice;

/** Tells, soon after it happened, that a process may have died. */
interface DeathWatch {

    /** The watch of a system that has none: it never tells anything. */
    DeathWatch NONE = (token, hint) -> DeathNotice.NONE;

    /** Runs {@code hint} once when the byte of the token is found free, unless the notice is closed before. */
    DeathNotice watch(long token, Runnable hint);
}
