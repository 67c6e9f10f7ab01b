package io.sluice.benchmarks.worker;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;

/**
 * What one process measured: written by the worker as a line of JSON, read by the process that started it. A bean for
 * Jackson; the public setters are for it alone.
 */
public final class Outcome {

    private long count;
    private long nanos;
    private long cpuNanos;
    private long processNanos;
    private long machineNanos;
    private long allocatedBytes;
    private long pid;
    private long totalCount;
    private long totalSum;
    private String each = "";
    private String sums = "";

    /** For Jackson. */
    public Outcome() {}

    static Outcome of(long count, Usage usage) {
        Outcome outcome = new Outcome();
        outcome.count = count;
        outcome.nanos = usage.nanos();
        outcome.cpuNanos = usage.cpuNanos();
        outcome.processNanos = usage.processNanos();
        outcome.machineNanos = usage.machineNanos();
        outcome.allocatedBytes = usage.allocatedBytes();
        outcome.pid = ProcessHandle.current().pid();
        return outcome;
    }

    Outcome withTotals(long messages, long sumOfFields) {
        totalCount = messages;
        totalSum = sumOfFields;
        return this;
    }

    Outcome withEach(Histogram histogram) {
        each = encoded(histogram);
        return this;
    }

    Outcome withSums(Histogram histogram) {
        sums = encoded(histogram);
        return this;
    }

    private static String encoded(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer, Deflater.BEST_COMPRESSION);
        byte[] bytes = new byte[length];
        buffer.flip().get(bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static Histogram decoded(String text) {
        if (text.isEmpty()) {
            return new Histogram(1);
        }
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException e) {
            throw new IllegalArgumentException("not a histogram: " + text, e);
        }
    }

    /** Latencies one by one in nanoseconds, each with one reading of the clock in it; empty where there are none. */
    public Histogram latencies() {
        return decoded(each);
    }

    /**
     * Latencies in nanoseconds times {@link RoundTrip#BLOCK}: sums over so many in a row with one reading of the clock
     * for all of them; empty where there are none.
     */
    public Histogram latencySums() {
        return decoded(sums);
    }

    /** Messages of the measured phase. */
    public long getCount() {
        return count;
    }

    /** For Jackson. */
    public void setCount(long count) {
        this.count = count;
    }

    /** Length of the measured phase. */
    public long getNanos() {
        return nanos;
    }

    /** For Jackson. */
    public void setNanos(long nanos) {
        this.nanos = nanos;
    }

    /** Processor time that the measuring thread used in the measured phase. */
    public long getCpuNanos() {
        return cpuNanos;
    }

    /** For Jackson. */
    public void setCpuNanos(long cpuNanos) {
        this.cpuNanos = cpuNanos;
    }

    /** Processor time that all threads of this process used in the measured phase, in steps of 10 ms. */
    public long getProcessNanos() {
        return processNanos;
    }

    /** For Jackson. */
    public void setProcessNanos(long processNanos) {
        this.processNanos = processNanos;
    }

    /** Processor time that the machine spent on anything in the measured phase, in steps of 10 ms. */
    public long getMachineNanos() {
        return machineNanos;
    }

    /** For Jackson. */
    public void setMachineNanos(long machineNanos) {
        this.machineNanos = machineNanos;
    }

    /** Bytes that the measuring thread allocated in the measured phase. */
    public long getAllocatedBytes() {
        return allocatedBytes;
    }

    /** For Jackson. */
    public void setAllocatedBytes(long allocatedBytes) {
        this.allocatedBytes = allocatedBytes;
    }

    /** Which process measured. */
    public long getPid() {
        return pid;
    }

    /** For Jackson. */
    public void setPid(long pid) {
        this.pid = pid;
    }

    /** Messages of all phases, where they are a stream. */
    public long getTotalCount() {
        return totalCount;
    }

    /** For Jackson. */
    public void setTotalCount(long totalCount) {
        this.totalCount = totalCount;
    }

    /** Sum of all fields of the messages of all phases, where they are a stream. */
    public long getTotalSum() {
        return totalSum;
    }

    /** For Jackson. */
    public void setTotalSum(long totalSum) {
        this.totalSum = totalSum;
    }

    /** {@link #latencies()}, compressed by HdrHistogram, in Base64. */
    public String getEach() {
        return each;
    }

    /** For Jackson. */
    public void setEach(String each) {
        this.each = each;
    }

    /** {@link #latencySums()}, compressed by HdrHistogram, in Base64. */
    public String getSums() {
        return sums;
    }

    /** For Jackson. */
    public void setSums(String sums) {
        this.sums = sums;
    }
}
