package io.sluice.benchmarks.jmh;

import io.sluice.benchmarks.transport.Measure;
import io.sluice.benchmarks.worker.FirstEnd;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Messages between two processes, by JMH's clock: the setup starts the other process, which takes the messages, sums
 * them up and, for round trips, replies. What was received is compared with what was sent at the end.
 *
 * <p>{@code ./sluice bench jmh TwoProcesses -p transport=sluice-spsc,agrona,fifo -p length=32,1024}; any transport that
 * the comparison knows will do, if it connects processes.
 */
@Threads(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {
            "-Xmx256m",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"
        })
public class TwoProcesses {

    /** For JMH. */
    public TwoProcesses() {}

    /** What both benchmarks can be given. */
    @State(Scope.Benchmark)
    public abstract static class Given {

        /** A transport's name. */
        @Param({"sluice-spsc", "sluice-spsc-block", "agrona", "fifo"})
        private String transport;

        /** Bytes of a message. */
        @Param("32")
        private int length;

        /** Bytes of a ring, or of a pipe's buffer. */
        @Param("1048576")
        private long capacity;

        private OtherProcess other;

        /** For JMH. */
        protected Given() {}

        void start(Measure measure) throws IOException {
            other = OtherProcess.start(measure, transport, length, capacity);
        }

        FirstEnd here() {
            return other.here();
        }

        /** Ends the other process. */
        @TearDown(Level.Trial)
        public void end() throws IOException {
            other.close();
        }
    }

    /** A process that takes what comes. */
    @State(Scope.Benchmark)
    public static class Taker extends Given {

        /** For JMH. */
        public Taker() {}

        /** Starts it. */
        @Setup(Level.Trial)
        public void start() throws IOException {
            start(Measure.THROUGHPUT);
        }
    }

    /** A process that replies. */
    @State(Scope.Benchmark)
    public static class Replier extends Given {

        /** For JMH. */
        public Replier() {}

        /** Starts it. */
        @Setup(Level.Trial)
        public void start() throws IOException {
            start(Measure.ROUND_TRIP);
        }
    }

    /** One way; the ring being full most of the time, this is the pace of the slower one. */
    @Benchmark
    @BenchmarkMode(Mode.Throughput)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public void stream(Taker taker) throws IOException, InterruptedException {
        taker.here().send();
    }

    /** There and back. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @OutputTimeUnit(TimeUnit.NANOSECONDS)
    public void roundTrip(Replier replier) throws IOException, InterruptedException {
        replier.here().ask();
    }
}
