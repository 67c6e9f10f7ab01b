package io.sluice.ringbuffer.spsc;

import io.sluice.api.memory.MappedRegionMemory;
import io.sluice.api.memory.Mapping;
import io.sluice.api.memory.MappingMode;
import io.sluice.api.memory.Mappings;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.os.NativeFile;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.TestLiveness;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.TestRing;
import io.sluice.ringbuffer.lane.LaneProducer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * An SPSC ring of processes that exist only in a test: on the heap, or in a file that each process maps for itself, at
 * an address of its own.
 */
final class SpscTestRing implements TestRing {

    private final long capacity;
    private final boolean checksum;
    private final WaitStrategy strategy;
    private final TestLiveness liveness = new TestLiveness();
    private final HeapMemory heap;
    private final Path file;
    private final IdentityHashMap<Object, RegionMemory> memories = new IdentityHashMap<>();
    private final List<RegionMemory> opened = new ArrayList<>();

    private SpscTestRing(long capacity, boolean checksum, WaitStrategy strategy, boolean mapped) throws IOException {
        this.capacity = capacity;
        this.checksum = checksum;
        this.strategy = strategy;
        this.heap = mapped ? null : HeapMemory.allocate("heap ring", bytes(), liveness);
        this.file = mapped ? Files.createTempFile(Path.of("/dev/shm"), "sluice-test-", ".ring") : null;
        if (mapped) {
            // Sparse, unlike a region's file, so that a ring may be larger than the memory there is.
            try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
                sparse.setLength(bytes());
            }
        }
    }

    static SpscTestRing onHeap(long capacity, boolean checksum, WaitStrategy strategy) throws IOException {
        return new SpscTestRing(capacity, checksum, strategy, false);
    }

    static SpscTestRing mapped(long capacity, boolean checksum, WaitStrategy strategy) throws IOException {
        return new SpscTestRing(capacity, checksum, strategy, true);
    }

    private long bytes() {
        long page = 4096;
        return (RegionHeaderLayout.BODY + SpscLayout.bodyBytes(capacity) + page - 1) & -page;
    }

    /** The region as a new process sees it. */
    RegionMemory newProcess() {
        RegionMemory memory = heap != null ? heap.newProcess() : map();
        opened.add(memory);
        return memory;
    }

    private RegionMemory map() {
        try (NativeFile open = NativeFile.open(file, NativeFile.READ_WRITE, 0)) {
            Mapping mapping = Mappings.map(MappingMode.AUTO, open.fd(), bytes(), true);
            return MappedRegionMemory.over(file.toString(), mapping, liveness.of(liveness.start()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TestLiveness liveness() {
        return liveness;
    }

    @Override
    public long capacity() {
        return capacity;
    }

    @Override
    public RingProducer producer() {
        return producer(newProcess());
    }

    LaneProducer producer(RegionMemory memory) {
        LaneProducer producer = new SpscRoles(capacity, checksum, strategy).producer(memory);
        memories.put(producer, memory);
        return producer;
    }

    @Override
    public RingConsumer consumer() {
        return consumer(newProcess());
    }

    SpscConsumer consumer(RegionMemory memory) {
        SpscConsumer consumer = new SpscConsumer(memory, capacity, checksum, strategy);
        memories.put(consumer, memory);
        return consumer;
    }

    @Override
    public void kill(AutoCloseable handle) {
        liveness.kill(memories.get(handle).selfToken());
    }

    @Override
    public void misjudge(AutoCloseable handle) {
        liveness.misjudge(memories.get(handle).selfToken());
    }

    @Override
    public void close() {
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
