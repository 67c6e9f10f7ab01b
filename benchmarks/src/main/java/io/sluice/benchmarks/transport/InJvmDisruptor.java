package io.sluice.benchmarks.transport;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.dsl.ProducerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** LMAX Disruptor between threads of one JVM, its events reused arrays. Every consumer gets every message. */
final class InJvmDisruptor implements Transport {

    private static final int FEWEST = 16;

    /** For one JVM: made by create, found by the ends. */
    private volatile Shared shared;

    /** An event: an array that is filled again and again. */
    private static final class Event {

        private final ArrayFields fields;
        private int length;

        Event(int longest) {
            this.fields = new ArrayFields(new byte[longest]);
        }
    }

    private record Shared(RingBuffer<Event> ring, List<EventPoller<Event>> pollers) {}

    @Override
    public Label label() {
        return new Label(
                "jvm-disruptor",
                "threads of one JVM: Disruptor, next and publish, event pollers, both sides spin, events are reused arrays,"
                        + " as many as fit into the capacity",
                Mode.SPIN,
                Set.of(Measure.THROUGHPUT));
    }

    @Override
    public boolean connects(Shape shape) {
        return true;
    }

    @Override
    public boolean broadcasts() {
        return true;
    }

    @Override
    public boolean insideOneJvm() {
        return true;
    }

    @Override
    public Setup create(Channel channel) {
        int places = (int) Math.max(FEWEST, Long.highestOneBit(channel.capacity() / channel.longest()));
        RingBuffer<Event> ring = RingBuffer.create(
                channel.shape().producers() == 1 ? ProducerType.SINGLE : ProducerType.MULTI,
                () -> new Event(channel.longest()),
                places,
                new BusySpinWaitStrategy());
        List<EventPoller<Event>> pollers = new ArrayList<>();
        for (int consumer = 0; consumer < channel.shape().consumers(); consumer++) {
            EventPoller<Event> poller = ring.newPoller();
            ring.addGatingSequences(poller.getSequence());
            pollers.add(poller);
        }
        shared = new Shared(ring, List.copyOf(pollers));
        return () -> shared = null;
    }

    @Override
    public Sender openSender(Channel channel) {
        RingBuffer<Event> ring = shared.ring();
        return new Sender() {
            private long sequence;

            @Override
            public Fields begin(int length) {
                sequence = ring.next();
                Event event = ring.get(sequence);
                event.length = length;
                return event.fields;
            }

            @Override
            public void end() {
                ring.publish(sequence);
            }

            @Override
            public void close() {
                // The ring is the JVM's.
            }
        };
    }

    @Override
    public Receiver openReceiver(Channel channel) {
        return new PollReceiver(shared.pollers().get(channel.party()));
    }

    private static final class PollReceiver extends Receiver implements EventPoller.Handler<Event> {

        private final EventPoller<Event> poller;
        private MessageReader reader;
        private int left;

        PollReceiver(EventPoller<Event> poller) {
            this.poller = poller;
        }

        @Override
        public boolean onEvent(Event event, long sequence, boolean endOfBatch) {
            reader.onMessage(event.fields, event.length);
            left--;
            return left > 0;
        }

        @Override
        public int receive(MessageReader newReader, int limit) {
            reader = newReader;
            left = limit;
            try {
                poller.poll(this);
            } catch (Exception e) {
                throw new IllegalStateException("a reader failed", e);
            }
            return limit - left;
        }

        @Override
        public void close() {
            // The ring is the JVM's.
        }
    }
}
