package io.sluice.api.region;

import io.sluice.api.memory.MappingMode;
import java.util.Objects;

/**
 * How a region is created and attached. Immutable; each {@code with} method returns a changed copy.
 *
 * @param mode permission bits of a created file, such as {@code 0600}
 * @param destroyOnLastDetach whether a created region goes when its last live attachment does; a crashed process counts
 *     as detached
 * @param readOnly whether this attachment may only read
 * @param foreignOwner whether a file of another user is acceptable on opening
 * @param mapping how the file is mapped
 */
public record RegionOptions(
        int mode, boolean destroyOnLastDetach, boolean readOnly, boolean foreignOwner, MappingMode mapping) {

    /** Owner only, stays until destroyed, read and write, own files only. */
    public static final RegionOptions DEFAULT = new RegionOptions(0600, false, false, false, MappingMode.AUTO);

    /** Checks the bits. */
    public RegionOptions {
        Objects.requireNonNull(mapping, "mapping");
        if ((mode & ~0777) != 0 || (mode & 0600) != 0600) {
            throw new IllegalArgumentException(
                    "file mode 0" + Integer.toOctalString(mode) + ": expected permission bits with 0600 in them");
        }
    }

    /** The same with other permission bits. */
    public RegionOptions withMode(int newMode) {
        return new RegionOptions(newMode, destroyOnLastDetach, readOnly, foreignOwner, mapping);
    }

    /** The same with another life. */
    public RegionOptions withDestroyOnLastDetach(boolean destroy) {
        return new RegionOptions(mode, destroy, readOnly, foreignOwner, mapping);
    }

    /** The same, reading only. */
    public RegionOptions withReadOnly(boolean newReadOnly) {
        return new RegionOptions(mode, destroyOnLastDetach, newReadOnly, foreignOwner, mapping);
    }

    /** The same, accepting files of other users. */
    public RegionOptions withForeignOwner(boolean accept) {
        return new RegionOptions(mode, destroyOnLastDetach, readOnly, accept, mapping);
    }

    /** The same, mapped in another way. */
    public RegionOptions withMapping(MappingMode newMapping) {
        return new RegionOptions(mode, destroyOnLastDetach, readOnly, foreignOwner, newMapping);
    }
}
