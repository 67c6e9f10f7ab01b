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
 * <p>For this process's own threads there is {@code MEMBARRIER_CMD_PRIVATE_EXPEDITED} in front of it, which looks at what
 * each processor runs. The global command goes by a mark that each processor keeps, and Linux does not set that on a
 * processor that was idle, or between two threads of this process, when this process registered or another of its
 * threads ended there: such a processor is passed over until it has run another process. So across processes the
 * barrier is nearly always there, and callers have to look a second time for the rest; see docs/memory-model.md.
 *
 * <p>The barrier reaches only processes that registered. {@link #isRegistered()} registers this process on first use
 * and says whether that worked. The frequent side of a process where it is {@code false} must use a full fence.
 */
public final class Membarrier {

    private static final int SYS_MEMBARRIER = NativeLinux.perProcessor(324, 283);
    private static final int CMD_GLOBAL_EXPEDITED = 1 << 1;
    private static final int CMD_REGISTER_GLOBAL_EXPEDITED = 1 << 2;
    private static final int CMD_PRIVATE_EXPEDITED = 1 << 3;
    private static final int CMD_REGISTER_PRIVATE_EXPEDITED = 1 << 4;

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
     * Executes a full memory barrier in this thread, in every other thread of this process that runs, and, but for the
     * processors that Linux passes over, in every thread that runs in a registered process.
     *
     * <p>Takes well below a microsecond where nobody else runs, else as long as an interrupt of the other processors: up
     * to some 15 microseconds on virtual ones. Does not allocate.
     *
     * @return {@code true} if it was executed everywhere; {@code false} if the call is not available, in which case
     *     this thread has executed nothing and must fall back to a full fence that its peers also execute
     */
    public static boolean heavy() {
        return Registration.SUCCEEDED && command(CMD_PRIVATE_EXPEDITED) == 0 && command(CMD_GLOBAL_EXPEDITED) == 0;
    }

    private static long command(int command) {
        return LibC.syscall(SYS_MEMBARRIER, command, 0, 0, 0, 0, 0);
    }

    /** Registers when first looked at; the kernel keeps the registration until the process ends. */
    private static final class Registration {

        static final boolean SUCCEEDED = NativeLinux.isSupported()
                && command(CMD_REGISTER_PRIVATE_EXPEDITED) == 0
                && command(CMD_REGISTER_GLOBAL_EXPEDITED) == 0;
    }
}
