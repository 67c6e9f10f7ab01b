package io.sluice.api.lock;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Waiting for something to happen, between processes: what a condition variable is for, without the queue
 * that would not survive the death of those in it. After Reed and Kanodia, "Synchronization with eventcounts
 * and sequencers" (1979).
 *
 * <p>It is a number that only grows. Who changes something that others wait for calls {@link #advance()} afterwards;
 * who waits reads {@link #current()}, looks whether there is need to wait, and if so waits for a greater number:
 *
 * <pre>{@code
 * // consumer                                    // producer
 * mutex.lock();                                  mutex.lock();
 * while (queue.isEmpty()) {                      queue.add(item);
 *     long seen = events.current();              events.advance();
 *     mutex.unlock();                            mutex.unlock();
 *     events.awaitBeyond(seen);
 *     mutex.lock();
 * }
 * }</pre>
 *
 * Nothing can be missed between looking and waiting, because the number was read before looking. No lock is tied to it.
 *
 * <p><b>Deaths</b>: nobody goes by who waits, so a dead waiter leaves nothing to repair. A process killed between its
 * change and its {@code advance} has told nobody: call {@code advance} while the mutex is still held, as above, so that
 * the next owner of the mutex is told of the death; or wait with {@link #await(BooleanSupplier, Duration)}, which looks
 * at the condition itself every few milliseconds.
 *
 * <p>Memory consistency: what happens before an {@code advance} <em>happens-before</em> what follows a {@code current}
 * or wait that saw the number it made. {@code advance} and {@code current} are wait-free but for waking sleepers.
 *
 * <p>All methods throw {@link io.sluice.api.memory.DetachedException} when this attachment is closed, also while they
 * wait.
 */
public interface EventCount extends Synchronizer {

    /** The number of events so far. */
    long current();

    /** Adds one event and wakes all who wait. Returns the number of events with it. */
    long advance();

    /**
     * Waits until there were more than {@code seen} events.
     *
     * @return the number of events
     * @throws InterruptedException if interrupted before or while waiting
     */
    long awaitBeyond(long seen) throws InterruptedException;

    /**
     * Waits until there were more than {@code seen} events or the time has passed.
     *
     * @return the number of events, which is at most {@code seen} if the time has passed
     * @throws InterruptedException if interrupted before or while waiting
     */
    long awaitBeyond(long seen, Duration timeout) throws InterruptedException;

    /**
     * Waits until {@code condition} is true, looking at it after every event and every few milliseconds besides, or the
     * time has passed.
     *
     * @param condition without side effects; called by this thread only, with no lock held
     * @return the last value of the condition
     * @throws InterruptedException if interrupted before or while waiting
     */
    boolean await(BooleanSupplier condition, Duration timeout) throws InterruptedException;
}
