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
 * One word of mapped memory each way, stored with release and polled with acquire: no ring at all, and so the limit of
 * what a round trip through shared memory can cost. Carries a message's first field only.
 */
final class RawWord implements Transport {

    private static final String KIND = "bench.word";
    private static final long WORD = RegionHeaderLayout.BODY;
    private static final long BYTES = 128;

    // Zero, the initial state, stands for no message: first fields are stored with this added.
    private static final long SHIFT = 8;

    private final String name;

    RawWord(String name) {
        this.name = name;
    }

    @Override
    public Label label() {
        return new Label(
                name, "8 bytes in one word of mapped memory, both sides spin", Mode.SPIN, Set.of(Measure.ROUND_TRIP));
    }

    private static RegionAddress address(Channel channel) {
        return RegionAddress.of(channel.directory(), channel.name());
    }

    @Override
    public Setup create(Channel channel) {
        Regions.create(address(channel), new RegionSpec(KIND, BYTES, List.of()), RegionOptions.DEFAULT)
                .detach();
        return Setup.NOTHING;
    }

    private static Region open(Channel channel) {
        return Regions.open(address(channel), KIND, RegionOptions.DEFAULT);
    }

    @Override
    public Sender openSender(Channel channel) {
        return new WordSender(open(channel));
    }

    @Override
    public Receiver openReceiver(Channel channel) {
        return new WordReceiver(open(channel));
    }

    private static final class FirstField extends Fields {

        private long value;

        @Override
        public long getLong(int index) {
            return value;
        }

        @Override
        public void setLong(int index, long newValue) {
            if (index == 0) {
                value = newValue;
            }
        }
    }

    private static final class WordSender extends Sender {

        private final Region region;
        private final RegionMemory memory;
        private final FirstField field = new FirstField();

        WordSender(Region region) {
            this.region = region;
            this.memory = region.memory();
        }

        @Override
        public Fields begin(int length) {
            return field;
        }

        @Override
        public void end() {
            // release; pairs with WordReceiver.receive's acquire. The word is the whole message.
            memory.setLongRelease(WORD, field.value + SHIFT);
        }

        @Override
        public void close() {
            region.detach();
        }
    }

    private static final class WordReceiver extends Receiver {

        private final Region region;
        private final RegionMemory memory;
        private final FirstField field = new FirstField();
        private long last;

        WordReceiver(Region region) {
            this.region = region;
            this.memory = region.memory();
        }

        @Override
        public int receive(MessageReader reader, int limit) {
            // acquire; pairs with WordSender.end's release.
            long word = memory.getLongAcquire(WORD);
            if (word == last) {
                return 0;
            }
            last = word;
            field.value = word - SHIFT;
            reader.onMessage(field, Long.BYTES);
            return 1;
        }

        @Override
        public void close() {
            region.detach();
        }
    }
}
