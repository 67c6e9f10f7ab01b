package io.sluice.benchmarks.worker;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/**
 * What is used between {@link #start()} and {@link #stop()}: time, processor time and allocated bytes of the
 * calling thread, processor time of this process and of the whole machine (these two in steps of 10 ms). Confined
 * to one thread.
 */
final class Usage {

    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private long nanos;
    private long cpuNanos;
    private long processNanos;
    private long machineNanos;
    private long allocatedBytes;

    /** Starts to count. */
    void start() {
        machineNanos = MachineTime.busyNanos();
        processNanos = PROCESS.getProcessCpuTime();
        cpuNanos = THREADS.getCurrentThreadCpuTime();
        allocatedBytes = THREADS.getCurrentThreadAllocatedBytes();
        nanos = System.nanoTime();
    }

    /** Stops counting. */
    void stop() {
        nanos = System.nanoTime() - nanos;
        allocatedBytes = THREADS.getCurrentThreadAllocatedBytes() - allocatedBytes;
        cpuNanos = THREADS.getCurrentThreadCpuTime() - cpuNanos;
        processNanos = PROCESS.getProcessCpuTime() - processNanos;
        machineNanos = MachineTime.busyNanos() - machineNanos;
    }

    long nanos() {
        return nanos;
    }

    long cpuNanos() {
        return cpuNanos;
    }

    long processNanos() {
        return processNanos;
    }

    long machineNanos() {
        return machineNanos;
    }

    long allocatedBytes() {
        return allocatedBytes;
    }
}
