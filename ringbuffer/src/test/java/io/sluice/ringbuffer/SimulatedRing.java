package io.sluice.ringbuffer;

import io.sluice.api.memory.MappedRegionMemory;
import io.sluice.api.memory.Mapping;
import io.sluice.api.memory.MappingMode;
import io.sluice.api.memory.Mappings;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.os.NativeFile;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.AttachedMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.TestLiveness;
import io.sluice.api.waiting.Newcomer;
import io.sluice.ringbuffer.attach.AttachedRing;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * A ring of any variant whose processes exist only in a test: on the heap, or in a file that each process maps for
 * itself, at an address of its own.
 *
 * @param <P> the variant's producers
 * @param <C> the variant's consumers
 */
public class SimulatedRing<P extends RingProducer, C extends RingConsumer> implements TestRing {

    private static final long PAGE = 4096;

    private final long capacity;
    private final long bytes;
    private final AttachedRing.Roles<P, C> roles;
    private final TestLiveness liveness = new TestLiveness();
    private final HeapMemory heap;
    private final Path file;
    private final Map<Object, RegionMemory> memories = Collections.synchronizedMap(new IdentityHashMap<>());
    private final List<RegionMemory> opened = Collections.synchronizedList(new ArrayList<>());

    /**
     * An empty ring.
     *
     * @param bodyBytes size behind the region's header
     * @param roles how handles are made
     * @param mapped in a file, or on the heap
     */
    public SimulatedRing(long capacity, long bodyBytes, AttachedRing.Roles<P, C> roles, boolean mapped) {
        this.capacity = capacity;
        this.bytes = (RegionHeaderLayout.BODY + bodyBytes + PAGE - 1) & -PAGE;
        this.roles = roles;
        this.heap = mapped ? null : HeapMemory.allocate("heap ring", bytes, liveness);
        this.file = mapped ? sparseFile(bytes) : null;
    }

    /** Sparse, unlike a region's file, so that a ring may be larger than the memory there is. */
    private static Path sparseFile(long bytes) {
        try {
            Path file = Files.createTempFile(Path.of("/dev/shm"), "sluice-test-", ".ring");
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(bytes);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The region as a new process sees it. */
    public final RegionMemory newProcess() {
        RegionMemory memory = heap != null ? heap.newProcess() : map();
        opened.add(memory);
        return memory;
    }

    /** A new process that knows who else is there, as one that attaches a region does, and that can be killed. */
    public final DyingMemory attach() {
        RegionMemory memory = new AttachedMemory(newProcess(), liveness);
        Newcomer.tell(memory, roles.wakeWords(memory));
        return DyingMemory.over(memory, liveness);
    }

    private RegionMemory map() {
        try (NativeFile open = NativeFile.open(file, NativeFile.READ_WRITE, 0)) {
            Mapping mapping = Mappings.map(MappingMode.AUTO, open.fd(), bytes, true);
            return MappedRegionMemory.over(file.toString(), mapping, liveness.of(liveness.start()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The judge over its processes. */
    public final TestLiveness liveness() {
        return liveness;
    }

    @Override
    public final long capacity() {
        return capacity;
    }

    @Override
    public final P producer() {
        return producer(newProcess());
    }

    /** The process of {@code memory} joins as producer. */
    public final P producer(RegionMemory memory) {
        P producer = roles.producer(memory);
        memories.put(producer, memory);
        return producer;
    }

    @Override
    public final C consumer() {
        return consumer(newProcess());
    }

    /** The process of {@code memory} joins as consumer. */
    public final C consumer(RegionMemory memory) {
        C consumer = roles.consumer(memory);
        memories.put(consumer, memory);
        return consumer;
    }

    @Override
    public final void kill(AutoCloseable handle) {
        liveness.kill(memories.get(handle).selfToken());
    }

    @Override
    public final void misjudge(AutoCloseable handle) {
        liveness.misjudge(memories.get(handle).selfToken());
    }

    @Override
    public final void close() {
        opened.forEach(RegionMemory::detach);
        if (file != null) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
