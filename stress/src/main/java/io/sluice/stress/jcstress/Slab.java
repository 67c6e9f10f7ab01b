package io.sluice.stress.jcstress;

import io.sluice.api.memory.Mapping;
import io.sluice.api.memory.MappingMode;
import io.sluice.api.memory.Mappings;
import io.sluice.api.os.NativeFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Shared memory for the states of one jcstress test: one file without a name, mapped twice at different addresses and
 * cut into slots. A test makes thousands of states at a time and throws them away in the order in which it made them,
 * so slots are given out in turn.
 *
 * <p>Processes are the halves of each slot's users: those with even numbers use one mapping, those with odd numbers the
 * other. Each gets production's own {@code MappedRegionMemory}, so what is compiled is what is shipped.
 *
 * <p>Any thread.
 */
public final class Slab {

    /** States that may be alive at a time. A new generation is made while the old one is judged: half of the slots. */
    public static final int MAX_STATES = 2048;

    private static final int SLOTS = 2 * MAX_STATES;
    private static final long ALIGNMENT = 128;
    private static final long PAGE = 4096;

    private final Slot[] slots = new Slot[SLOTS];
    private final AtomicInteger next = new AtomicInteger();

    private Slab(long from, long bytes, long[] used) {
        long slotBytes = (bytes - from + ALIGNMENT - 1) & -ALIGNMENT;
        Mapping[] mappings = map((slotBytes * SLOTS + PAGE - 1) & -PAGE);
        for (int index = 0; index < SLOTS; index++) {
            slots[index] = new Slot(mappings, index * slotBytes - from, bytes, used);
        }
    }

    /**
     * Slots for structures whose memory is {@code bytes} long, of which nothing in front of {@code from} is used.
     *
     * @param used pairs of offsets, first and behind the last, between which a test writes: what is zero in a new slot
     */
    public static Slab of(long from, long bytes, long... used) {
        return new Slab(from, bytes, used);
    }

    private static Mapping[] map(long bytes) {
        try {
            Path memory = Path.of("/dev/shm");
            Path path = Files.isDirectory(memory)
                    ? Files.createTempFile(memory, "sluice-jcstress-", "")
                    : Files.createTempFile("sluice-jcstress-", "");
            try (NativeFile file = NativeFile.open(path, NativeFile.READ_WRITE, 0)) {
                file.allocate(bytes);
                return new Mapping[] {map(file, bytes), map(file, bytes)};
            } finally {
                // The mappings keep the memory; nothing is left when this process is killed.
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mapping map(NativeFile file, long bytes) throws IOException {
        return Mappings.map(MappingMode.AUTO, file.fd(), bytes, true);
    }

    /** The next slot, as new: what tests write is zero, everybody lives. */
    public Slot next() {
        Slot slot = slots[next.getAndIncrement() & (SLOTS - 1)];
        slot.reset();
        return slot;
    }
}
