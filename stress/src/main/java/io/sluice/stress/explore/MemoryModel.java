package io.sluice.stress.explore;

import java.util.Locale;

/** What the modelled machine and compiler may do to the accesses of an actor. Each model allows more than the last. */
public enum MemoryModel {
    /** Every store is visible to everybody at once. */
    SC,
    /** As x86: the stores of an actor become visible in order, but perhaps late; its loads see them at once. */
    TSO,
    /**
     * As the Java memory model lets a compiler and an ARM processor do, but for speculation: a plain store may be
     * overtaken by later stores to other places, a release store by later ones; a plain load may return what was there
     * at any time since the actor's last acquire, compare-and-set or fence; and an actor that dies may leave a plain
     * store undone whose successors are visible.
     */
    WEAK;

    /** Reads the name in any case. */
    public static MemoryModel parse(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
