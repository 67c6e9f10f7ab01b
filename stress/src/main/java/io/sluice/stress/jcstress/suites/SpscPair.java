package io.sluice.stress.jcstress.suites;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.ring.LeaseLostException;
import io.sluice.api.ring.MessageHandler;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.ringbuffer.spsc.SpscHandles;
import io.sluice.stress.jcstress.Payload;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.util.function.UnaryOperator;

/** An SPSC ring between two processes: process 0 produces, process 1 consumes. */
public abstract class SpscPair extends TwoProcesses {

    static final long CAPACITY = 256;
    static final int LENGTH = 16;
    static final byte[] FIRST = Payload.of(1, LENGTH);
    static final byte[] SECOND = Payload.of(2, LENGTH);

    private static final long BYTES = SpscHandles.memoryBytes(CAPACITY);
    private static final Slab SLAB = Slab.of(SpscHandles.TAIL, BYTES, SpscHandles.TAIL, BYTES);

    /** The producer's handle. */
    protected final RingProducer producer;

    /** The consumer's handle. */
    protected final RingConsumer consumer;

    private int number;

    /** A ring of which {@code passed} bytes were used before, with both roles taken. */
    SpscPair(long passed, WaitStrategy strategy, UnaryOperator<RegionMemory> bug) {
        super(SLAB, bug);
        slot.process(0).setLong(SpscHandles.TAIL, passed);
        slot.process(0).setLong(SpscHandles.HEAD, passed);
        setUp(slot.process(0));
        producer = SpscHandles.producer(left, CAPACITY, strategy);
        consumer = SpscHandles.consumer(right, CAPACITY, strategy);
    }

    SpscPair(UnaryOperator<RegionMemory> bug) {
        this(0, WaitStrategy.spin(), bug);
    }

    /** What else is in the memory before the roles are taken. */
    void setUp(RegionMemory memory) {}

    /** Polls for one message; its number, or the poll's own result. */
    final int pollOne() {
        return pollOne(consumer);
    }

    final int pollOne(RingConsumer from) {
        number = 0;
        int handled = poll(from, message -> number = Payload.numberIn(message, LENGTH), 1);
        return handled > 0 ? number : handled;
    }

    /** Polls; a ring that looks corrupt, or a role that is lost, as only a twin's does, counts as a torn message. */
    static int poll(RingConsumer from, MessageHandler handler, int limit) {
        try {
            return from.poll(handler, limit);
        } catch (CorruptRingException | LeaseLostException e) {
            return Payload.TORN;
        }
    }
}
