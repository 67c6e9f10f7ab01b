package io.sluice.locks.support;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionExistsException;
import io.sluice.api.region.RegionFormatException;
import io.sluice.api.region.RegionNotFoundException;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.waiting.WakeWord;
import java.util.function.Consumer;
import java.util.function.Function;

/** Puts locks into regions: what the providers of all kinds share. Any thread. */
public final class LockRegions {

    private static final int ATTEMPTS = 1000;

    private LockRegions() {}

    /**
     * Creates a region and attaches to the lock in it.
     *
     * @param initializer writes what is not zero in a new lock
     * @param attach makes the attachment, which from then on owns the region; if it throws, the region is detached
     */
    public static <T> T create(
            LockSpec<?> spec, RegionSpec region, Consumer<RegionMemory> initializer, Function<Region, T> attach) {
        return attach(Regions.create(spec.address(), region, spec.options(), initializer), attach);
    }

    /** Opens a region and attaches to the lock in it. */
    public static <T> T open(LockSpec<?> spec, Function<Region, T> attach) {
        return attach(Regions.open(spec.address(), spec.kind().regionKind(), spec.options()), attach);
    }

    /** Opens a region or creates it, whichever works. */
    public static <T> T openOrCreate(
            LockSpec<?> spec, RegionSpec region, Consumer<RegionMemory> initializer, Function<Region, T> attach) {
        RegionExistsException last = null;
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                return open(spec, attach);
            } catch (RegionNotFoundException notFound) {
                try {
                    return create(spec, region, initializer, attach);
                } catch (RegionExistsException e) {
                    // Somebody was faster; open theirs.
                    last = e;
                }
            }
        }
        throw last;
    }

    private static <T> T attach(Region region, Function<Region, T> attach) {
        try {
            return attach.apply(region);
        } catch (RuntimeException | Error e) {
            region.detach();
            throw e;
        }
    }

    /**
     * Has whoever sleeps on a word woken when the region is detached. A thread that has changed something then may find
     * the memory cut off before it has woken those who wait for that: here whatever it has changed is visible, and nothing
     * that it does comes later.
     *
     * @param wakeOffset place of the {@link WakeWord}
     */
    public static void wakeOnDetach(Region region, long wakeOffset) {
        // In any case: that thread may have taken note of the sleepers already. A death above is told to them.
        region.onDetach(control -> new WakeWord(control, wakeOffset).wakeInAnyCase());
    }

    /**
     * Compares a number of the region's geometry with what a specification says.
     *
     * @param expected {@link LockSpec#ANY} says nothing
     * @throws RegionFormatException if they differ
     */
    public static void expect(Region region, String field, long expected, long found) {
        if (expected != LockSpec.ANY && expected != found) {
            throw new RegionFormatException(region.address().path(), field, expected, found);
        }
    }

    /**
     * Checks that a number of the region's geometry is in a range.
     *
     * @throws RegionFormatException if it is not
     */
    public static void expectRange(Region region, String field, long least, long most, long found) {
        if (found < least || found > most) {
            throw new RegionFormatException(region.address().path(), field, least + " to " + most, found);
        }
    }

    /**
     * Checks the file's length against what the structure needs.
     *
     * @throws RegionFormatException if it is another
     */
    public static void expectSize(Region region, RegionSpec spec) {
        if (region.sizeBytes() != spec.fileBytes()) {
            throw new RegionFormatException(
                    region.address().path(), "file size for " + region.kind(), spec.fileBytes(), region.sizeBytes());
        }
    }

    /**
     * Whether the lock in {@code region} is fair.
     *
     * @param index of the order, 1 for fair, in the region's geometry
     * @throws RegionFormatException if it is neither, or another than {@code spec} says
     */
    public static boolean fairness(Region region, LockSpec<?> spec, int index) {
        long found = region.geometry().get(index);
        expectRange(region, "order", 0, 1, found);
        LockSpec.Fairness order = found == 1 ? LockSpec.Fairness.FAIR : LockSpec.Fairness.BARGING;
        if (spec.fairness() != LockSpec.Fairness.ANY && spec.fairness() != order) {
            throw new RegionFormatException(region.address().path(), "order", spec.fairness(), order);
        }
        return found == 1;
    }
}
