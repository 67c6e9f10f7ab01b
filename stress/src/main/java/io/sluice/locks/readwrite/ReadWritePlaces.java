package io.sluice.locks.readwrite;

/**
 * Where a read-write lock keeps what, for checks that put bugs in or name places. In this package because the map is
 * hidden.
 */
public final class ReadWritePlaces {

    /** Offset of the word that says who writes. */
    public static final long WRITER = ReadWriteLayout.WRITER;

    /** Flag of a slot: somebody reads through it. */
    public static final long READING = ReaderSlots.READING;

    /** Flag of the writer's word: a writer died while writing. */
    public static final long INCONSISTENT = WriterWord.INCONSISTENT;

    private ReadWritePlaces() {}

    /** Whether an offset is that of the word of a slot. */
    public static boolean isSlot(long offset) {
        long first = ReadWriteLayout.word(0);
        long bytes = ReadWriteLayout.word(1) - first;
        return offset >= first && (offset - first) % bytes == 0;
    }
}
