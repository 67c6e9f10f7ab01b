package io.sluice.benchmarks.transport;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import java.util.List;
import java.util.Set;

/**
 * Slots of one size in mapped memory and two counters: no lengths, no types, no roles, nothing to recover, and so the limit of
 * what a stream of copies through shared memory can reach between two processes. Lamport's bounded queue (1983), each side
 * caching the other's counter.
 */
final class RawSlots implements Transport {

    private static final String KIND = "bench.slots";
    private static final long LINES = 128; // two cache lines, which processors fetch in pairs
    private static final long WRITTEN = RegionHeaderLayout.BODY;
    private static final long READ = WRITTEN + LINES;
    private static final long SLOTS = READ + LINES;
    private static final int LEAST_SLOTS = 2;

    private final String name;

    RawSlots(String name) {
        this.name = name;
    }

    @Override
    public Label label() {
        return new Label(
                name,
                "slots of the messages' length and two counters, nothing else, both sides spin",
                Mode.SPIN,
                Set.of(Measure.THROUGHPUT));
    }

    private static RegionAddress address(Channel channel) {
        return RegionAddress.of(channel.directory(), channel.name());
    }

    private static int slots(Channel channel) {
        return (int) Math.max(LEAST_SLOTS, channel.capacity() / channel.longest());
    }

    @Override
    public Setup create(Channel channel) {
        long bytes = SLOTS - RegionHeaderLayout.BODY + (long) slots(channel) * channel.longest();
        Regions.create(address(channel), new RegionSpec(KIND, bytes, List.of()), RegionOptions.DEFAULT)
                .detach();
        return Setup.NOTHING;
    }

    private static Region open(Channel channel) {
        return Regions.open(address(channel), KIND, RegionOptions.DEFAULT);
    }

    @Override
    public Sender openSender(Channel channel) {
        return new SlotSender(open(channel), channel);
    }

    @Override
    public Receiver openReceiver(Channel channel) {
        return new SlotReceiver(open(channel), channel);
    }

    private static final class SlotSender extends CopyingSender {

        private final Region region;
        private final RegionMemory memory;
        private final int slots;
        private final int stride;
        private int slot;
        private long written;
        private long read;

        SlotSender(Region region, Channel channel) {
            super(channel.longest());
            this.region = region;
            this.memory = region.memory();
            this.slots = slots(channel);
            this.stride = channel.longest();
        }

        @Override
        public void end() {
            while (written - read == slots) {
                // acquire; pairs with SlotReceiver.receive's release: the slot was read.
                read = memory.getLongAcquire(READ);
            }
            memory.copyIn(SLOTS + (long) slot * stride, bytes, 0, length);
            slot = slot + 1 == slots ? 0 : slot + 1;
            // release; pairs with SlotReceiver.receive's acquire: the slot is full.
            memory.setLongRelease(WRITTEN, ++written);
        }

        @Override
        public void close() {
            region.detach();
        }
    }

    private static final class SlotReceiver extends Receiver {

        private final Region region;
        private final RegionMemory memory;
        private final SlotFields fields;
        private final int slots;
        private final int stride;
        private int slot;
        private long read;

        SlotReceiver(Region region, Channel channel) {
            this.region = region;
            this.memory = region.memory();
            this.fields = new SlotFields(memory);
            this.slots = slots(channel);
            this.stride = channel.longest();
        }

        @Override
        public int receive(MessageReader reader, int limit) {
            // acquire; pairs with SlotSender.end's release.
            long there = memory.getLongAcquire(WRITTEN) - read;
            // As rings do, give room back before half of it is gone.
            int some = (int) Math.min(Math.min(there, limit), Math.max(1, slots / 4));
            for (int i = 0; i < some; i++) {
                fields.offset = SLOTS + (long) slot * stride;
                reader.onMessage(fields, stride);
                slot = slot + 1 == slots ? 0 : slot + 1;
            }
            if (some > 0) {
                read += some;
                // release; pairs with SlotSender.end's acquire: we have read what may now be overwritten.
                memory.setLongRelease(READ, read);
            }
            return some;
        }

        @Override
        public void close() {
            region.detach();
        }
    }

    private static final class SlotFields extends Fields {

        private final RegionMemory memory;
        private long offset;

        SlotFields(RegionMemory memory) {
            this.memory = memory;
        }

        @Override
        public long getLong(int index) {
            return memory.readLong(offset + index);
        }

        @Override
        public void setLong(int index, long value) {
            memory.writeLong(offset + index, value);
        }
    }
}
