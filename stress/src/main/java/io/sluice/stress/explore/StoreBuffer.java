package io.sluice.stress.explore;

import java.util.Arrays;

/** The stores of one actor that only itself sees so far, in the order of its program. */
final class StoreBuffer {

    private int[] places = new int[16];
    private int[] sizes = new int[16];
    private long[] values = new long[16];
    private boolean[] releases = new boolean[16];
    private int count;
    private int settled; // entries below this are sure to arrive

    int count() {
        return count;
    }

    int place(int entry) {
        return places[entry];
    }

    int size(int entry) {
        return sizes[entry];
    }

    long value(int entry) {
        return values[entry];
    }

    void clear() {
        count = 0;
        settled = 0;
    }

    /**
     * The actor does something outside of memory: a compiler cannot have left out what is before that, so that the
     * stores made so far will arrive, however late.
     */
    void settle() {
        settled = count;
    }

    /** Whether the death of the actor could mean that a store was never made. */
    boolean mayBeLost(int entry) {
        return entry >= settled;
    }

    void add(int place, int size, long value, boolean release) {
        if (count == places.length) {
            places = Arrays.copyOf(places, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
            values = Arrays.copyOf(values, 2 * count);
            releases = Arrays.copyOf(releases, 2 * count);
        }
        places[count] = place;
        sizes[count] = size;
        values[count] = value;
        releases[count] = release;
        count++;
    }

    void remove(int entry) {
        int rest = count - entry - 1;
        System.arraycopy(places, entry + 1, places, entry, rest);
        System.arraycopy(sizes, entry + 1, sizes, entry, rest);
        System.arraycopy(values, entry + 1, values, entry, rest);
        System.arraycopy(releases, entry + 1, releases, entry, rest);
        count--;
        settled -= entry < settled ? 1 : 0;
    }

    /** Whether {@code later} must stay behind {@code earlier}, in the weak model. */
    boolean isOrdered(int earlier, int later) {
        return releases[later] || overlaps(earlier, places[later], sizes[later]);
    }

    private boolean overlaps(int entry, int place, int size) {
        return places[entry] < place + size && place < places[entry] + sizes[entry];
    }

    /** {@code seen} as read from memory at {@code place}, overwritten by the stores that wait here. */
    long forward(long seen, int place, int size) {
        long value = seen;
        for (int entry = 0; entry < count; entry++) {
            if (places[entry] == place && sizes[entry] == size) {
                value = values[entry];
            } else if (overlaps(entry, place, size)) {
                value = overlay(value, place, size, entry);
            }
        }
        return value;
    }

    /** Byte by byte; the memory of the model is little-endian where it matters, as all supported machines are. */
    private long overlay(long seen, int place, int size, int entry) {
        long value = seen;
        for (int at = Math.max(place, places[entry]); at < Math.min(place + size, places[entry] + sizes[entry]); at++) {
            long piece = (values[entry] >>> (8 * (at - places[entry]))) & 0xff;
            int shift = 8 * (at - place);
            value = (value & ~(0xffL << shift)) | (piece << shift);
        }
        int unused = Long.SIZE - 8 * size;
        return value << unused >> unused;
    }
}
