package io.sluice.api.memory;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import net.openhft.chronicle.core.UnsafeMemory;

/**
 * Copies between arrays and native memory as wide as the processor can.
 *
 * <p>Chronicle's own copies between these two go word by word from JDK 9 on. This calls the same {@code Unsafe} that
 * Chronicle uses, by a handle, because the compiler may not see that class.
 */
final class BulkCopy {

    /** Lengths from here on are worth the call; below, Chronicle's loop is faster: see docs/performance.md. */
    static final int LEAST = 512;

    /** Bytes after which the JVM gets an opportunity to stop the thread, as the JDK's own copies do. */
    private static final int STRETCH = 1 << 20;

    private static final long ARRAY_BASE = UnsafeMemory.MEMORY.arrayBaseOffset(byte[].class);

    private static final MethodHandle COPY = copyMemory(UnsafeMemory.UNSAFE);

    private BulkCopy() {}

    private static MethodHandle copyMemory(Object unsafe) {
        MethodType type =
                MethodType.methodType(void.class, Object.class, long.class, Object.class, long.class, long.class);
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(unsafe.getClass(), "copyMemory", type)
                    .bindTo(unsafe);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** From {@code source}, which was checked, to native memory, which was, too. */
    static void in(byte[] source, int from, long to, int length) {
        for (long done = 0; done < length; done += STRETCH) {
            copy(source, ARRAY_BASE + from + done, null, to + done, Math.min(STRETCH, length - done));
        }
    }

    /** From native memory, which was checked, to {@code target}, which was, too. */
    static void out(long from, byte[] target, int to, int length) {
        for (long done = 0; done < length; done += STRETCH) {
            copy(null, from + done, target, ARRAY_BASE + to + done, Math.min(STRETCH, length - done));
        }
    }

    private static void copy(Object source, long from, Object target, long to, long length) {
        try {
            COPY.invokeExact(source, from, target, to, length);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("copyMemory declares no exception", e);
        }
    }
}
