package io.sluice.stress.explore;

/**
 * Which places of memory are worth a scheduling point: those that one actor writes and another one uses. Learned from
 * the executions themselves; an exploration starts over when it has learned something.
 *
 * <p>Why the others can be left out: swapping an access to a place that nobody else ever uses with a neighbouring
 * access of another actor changes nothing that anybody sees, so every interleaving equals one that switches, or kills,
 * at the next worthwhile access.
 */
final class Footprint {

    private static final int CELL_SHIFT = 2;

    private final int[] readers;
    private final int[] writers;
    private final boolean[] shared;
    private boolean everything;
    private boolean grown;

    Footprint(int memoryBytes) {
        int cells = (memoryBytes >> CELL_SHIFT) + 2;
        this.readers = new int[cells];
        this.writers = new int[cells];
        this.shared = new boolean[cells];
    }

    /** Makes every access a scheduling point, as replaying needs it. */
    void shareEverything() {
        everything = true;
    }

    /** Whether something was learned since the last call. */
    boolean takeGrown() {
        boolean result = grown;
        grown = false;
        return result;
    }

    boolean isShared(int place, int size) {
        int last = (place + size - 1) >> CELL_SHIFT;
        for (int cell = place >> CELL_SHIFT; cell <= last; cell++) {
            if (shared[cell]) {
                return true;
            }
        }
        return everything;
    }

    /** Takes note of an access; returns whether it is worth a scheduling point. */
    boolean touch(int actor, int place, int size, boolean write) {
        int bit = 1 << actor;
        boolean result = everything;
        int last = (place + size - 1) >> CELL_SHIFT;
        for (int cell = place >> CELL_SHIFT; cell <= last; cell++) {
            if (write) {
                writers[cell] |= bit;
            } else {
                readers[cell] |= bit;
            }
            if (!shared[cell] && isContended(readers[cell], writers[cell])) {
                shared[cell] = true;
                grown = true;
            }
            result |= shared[cell];
        }
        return result;
    }

    private static boolean isContended(int readers, int writers) {
        return writers != 0 && Integer.bitCount(readers | writers) > 1;
    }
}
