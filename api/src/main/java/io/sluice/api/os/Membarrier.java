package io.sluice.api.os;

/**
 * A memory barrier that one thread executes on behalf of all running threads of all registered processes.
 *
 * <p>It moves the cost of a store-load fence from a side that runs often (publish, then look for a sleeper) to a side
 * that runs seldom (announce the sleep, then look again): the seldom side calls {@link #heavy()} between its store and
 * its load, and the frequent side needs only to issue its store and its load in program order, which a release store
 * followed by a volatile or opaque load gives on the supported processors without a fence instruction between them on
 * x86-64. See membarrier(2), {@code MEMBARRIER_CMD_GLOBAL_EXPEDITED}; the technique is known as asymmetric fences
 * (Dice, Huang and Yang, "Asymmetric Dekker synchronization", 2001).
 *
 * <p>The barrier reaches only processes that registered. {@link #isRegistered()} registers this process on first use
 * and says whether that worked. The frequent side of a process where it is {@code false} must use a full fence.
 */
public final class Membarrier {

    private static final int SYS_MEMBARRIER = NativeLinux.perProcessor(324, 283);
    private static final int CMD_GLOBAL_EXPEDITED = 1 << 1;
    private static final int CMD_REGISTER_GLOBAL_EXPEDITED = 1 << 2;

    private Membarrier() {}

    /**
     * Registers this process on the first call, and returns whether {@link #heavy()} of any process reaches it.
     *
     * <p>The answer is the same for the life of the process. It is {@code false} on kernels before 4.16, where a
     * sandbox forbids the call, and on other systems.
     */
    public static boolean isRegistered() {
        return Registration.SUCCEEDED;
    }

    /**
     * Executes a full memory barrier in this thread and in every thread that runs in a registered process.
     *
     * <p>Takes well below a microsecond up to a few, growing with the number of processors. Does not allocate.
     *
     * @return {@code true} if it was executed everywhere; {@code false} if the call is not available, in which case
     *     this thread has executed nothing and must fall back to a full fence that its peers also execute
     */
    public static boolean heavy() {
        return Registration.SUCCEEDED && command(CMD_GLOBAL_EXPEDITED) == 0;
    }

    private static long command(int command) {
        return LibC.syscall(SYS_MEMBARRIER, command, 0, 0, 0, 0, 0);
    }

    /** Registers when first looked at; the kernel keeps the registration until the process ends. */
    private static final class Registration {

        static final boolean SUCCEEDED = NativeLinux.isSupported() && command(CMD_REGISTER_GLOBAL_EXPEDITED) == 0;
    }
}
