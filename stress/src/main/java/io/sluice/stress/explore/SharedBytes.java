package io.sluice.stress.explore;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The memory that everybody sees, with a history of the stores of one execution: to undo them for the next one, and to
 * tell what a place held earlier.
 */
final class SharedBytes {

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.nativeOrder());
    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.nativeOrder());

    private final byte[] bytes;
    private int[] places = new int[256];
    private int[] sizes = new int[256];
    private int[] writers = new int[256];
    private long[] before = new long[256];
    private int count;

    SharedBytes(int size) {
        this.bytes = new byte[size];
    }

    int size() {
        return bytes.length;
    }

    /** How many stores became visible so far: the date of the newest one. */
    int date() {
        return count;
    }

    long get(int place, int size) {
        return switch (size) {
            case Long.BYTES -> (long) LONGS.get(bytes, place);
            case Integer.BYTES -> (int) INTS.get(bytes, place);
            case Short.BYTES -> (short) SHORTS.get(bytes, place);
            default -> bytes[place];
        };
    }

    void put(int writer, int place, int size, long value) {
        if (count == places.length) {
            grow();
        }
        places[count] = place;
        sizes[count] = size;
        writers[count] = writer;
        before[count] = get(place, size);
        count++;
        set(place, size, value);
    }

    private void set(int place, int size, long value) {
        switch (size) {
            case Long.BYTES -> LONGS.set(bytes, place, value);
            case Integer.BYTES -> INTS.set(bytes, place, (int) value);
            case Short.BYTES -> SHORTS.set(bytes, place, (short) value);
            default -> bytes[place] = (byte) value;
        }
    }

    private void grow() {
        int length = 2 * places.length;
        places = Arrays.copyOf(places, length);
        sizes = Arrays.copyOf(sizes, length);
        writers = Arrays.copyOf(writers, length);
        before = Arrays.copyOf(before, length);
    }

    /** What {@code reader} would have read at the given date, its own stores since then included. */
    long getAsOf(int date, int reader, int place, int size) {
        long value = get(place, size);
        for (int i = count - 1; i >= date; i--) {
            if (places[i] == place && sizes[i] == size) {
                if (writers[i] == reader) {
                    return value;
                }
                value = before[i];
            } else if (places[i] < place + size && place < places[i] + sizes[i]) {
                // Overlapping stores of another shape: not worth modelling, the newest value will do.
                return value;
            }
        }
        return value;
    }

    /** Makes the present the state that {@link #reset} returns to. */
    void keep() {
        count = 0;
    }

    /** Undoes every store since {@link #keep}. */
    void reset() {
        for (int i = count - 1; i >= 0; i--) {
            set(places[i], sizes[i], before[i]);
        }
        count = 0;
    }
}
