package io.sluice.api.waiting;

import io.sluice.api.memory.RegionMemory;
import java.util.function.BooleanSupplier;

/**
 * How a thread spends the time until a condition in shared memory becomes true. Strategies hold no state: one instance
 * serves any number of threads.
 *
 * <p>A strategy of one's own may let other threads use the ring's handle that waits, until it returns: a producer or
 * consumer looks again at everything after a wait. The strategy has to order that use by happens-before, evaluations of
 * the condition included, because they use the handle, too; and of the calls that wait only one may be under way.
 *
 * <table>
 * <caption>Which when</caption>
 * <tr><td>{@link #spin()}</td><td>lowest latency, a processor of its own</td></tr>
 * <tr><td>{@link #yielding()}</td><td>low latency, shares the processor with whoever else is ready</td></tr>
 * <tr><td>{@link #backOff()}</td><td>the default: spins, then yields, then parks up to a millisecond</td></tr>
 * <tr><td>{@link #block()}</td><td>no processor time while asleep; woken through a futex by the other side</td></tr>
 * </table>
 */
@FunctionalInterface
public interface WaitStrategy {

    /**
     * The longest time in nanoseconds that a strategy waits before its caller looks at liveness and interruption, unless
     * the caller knows that both will wake it.
     */
    long SLICE_NANOS = 20_000_000;

    /**
     * Waits until {@code condition} is true, the thread is interrupted, or {@code nanos} have passed.
     *
     * @param word where those who make the condition true look for sleepers
     * @param condition a read of shared memory without side effects
     * @param nanos at most {@link #SLICE_NANOS}, or more if {@link #sleepsUntilWoken()}
     * @return the last value of the condition
     */
    boolean await(WakeWord word, BooleanSupplier condition, long nanos);

    /**
     * The strategy to go on by in a wait that has lasted for a whole slice: without what only pays in short waits. Waits of
     * hours are made of slices, and somebody asleep must not cost processor time in each.
     */
    default WaitStrategy resumed() {
        return this;
    }

    /**
     * Whether a wait by this strategy takes no processor time, however long it is, because nothing but a wake-up of the word or
     * the time ends it. Who is sure that it will be woken may then let it sleep for longer at a stretch.
     */
    default boolean sleepsUntilWoken() {
        return false;
    }

    /** Burns the processor. */
    static WaitStrategy spin() {
        return Spin.INSTANCE;
    }

    /** Spins shortly, then offers the processor to others between looks. */
    static WaitStrategy yielding() {
        return Yield.INSTANCE;
    }

    /** Spins, yields, then parks for doubling times up to a millisecond. */
    static WaitStrategy backOff() {
        return BackOff.INSTANCE;
    }

    /** Spins shortly, then sleeps in the kernel until woken. */
    static WaitStrategy block() {
        return Block.INSTANCE;
    }

    /**
     * {@code turns} looks at the condition with a spin hint between them. For strategies.
     *
     * @return the last value of the condition
     */
    static boolean spinFor(int turns, RegionMemory memory, BooleanSupplier condition) {
        for (int turn = 0; turn < turns; turn++) {
            if (condition.getAsBoolean()) {
                return true;
            }
            memory.spinHint();
        }
        return condition.getAsBoolean();
    }
}
