package io.sluice.api.waiting;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.BooleanSupplier;

/**
 * Waits by another strategy, but never in the kernel on a virtual thread: a virtual thread asleep in a system call keeps
 * its carrier, and the thread that it waits for may need that carrier. Virtual threads spin shortly and park instead.
 */
public final class CarrierFriendly implements WaitStrategy {

    // Thread.isVirtual() exists from JDK 21 on; null before, where no thread is virtual.
    private static final MethodHandle IS_VIRTUAL = findIsVirtual();

    private final WaitStrategy platform;
    private final WaitStrategy resumed;

    /** Platform threads wait by {@code platform}. */
    public CarrierFriendly(WaitStrategy platform) {
        this.platform = platform;
        WaitStrategy platformResumed = platform.resumed();
        this.resumed = platformResumed == platform ? this : new CarrierFriendly(platformResumed);
    }

    private static MethodHandle findIsVirtual() {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Thread.class, "isVirtual", MethodType.methodType(boolean.class));
        } catch (NoSuchMethodException | IllegalAccessException e) {
            return null;
        }
    }

    @Override
    public boolean await(WakeWord word, BooleanSupplier condition, long nanos) {
        WaitStrategy strategy = isVirtual(Thread.currentThread()) ? WaitStrategy.backOff() : platform;
        return strategy.await(word, condition, nanos);
    }

    @Override
    public WaitStrategy resumed() {
        return resumed;
    }

    @Override
    public boolean sleepsUntilWoken() {
        return platform.sleepsUntilWoken() && !isVirtual(Thread.currentThread());
    }

    /** Whether it is a virtual thread, which a sleep in the kernel would keep on its carrier. */
    static boolean isVirtual(Thread thread) {
        if (IS_VIRTUAL == null) {
            return false;
        }
        try {
            return (boolean) IS_VIRTUAL.invokeExact(thread);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("Thread.isVirtual() failed", e);
        }
    }

    @Override
    public String toString() {
        return platform.toString();
    }
}
