package io.sluice.benchmarks.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.benchmarks.peer.Peer;
import io.sluice.benchmarks.transport.Measure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

class TwoProcessesTest {

    /** JMH itself, in short: both benchmarks, over a ring of ours, one of Agrona's and a FIFO. */
    @Test
    void runsUnderJmh() throws Exception {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(TwoProcesses.class.getName())
                        .param("transport", "sluice-spsc", "agrona", "fifo")
                        .param("length", "72")
                        .forks(1)
                        .warmupIterations(0)
                        .measurementIterations(1)
                        .measurementTime(TimeValue.milliseconds(100))
                        .verbosity(VerboseMode.SILENT)
                        .shouldFailOnError(true)
                        .build())
                .run();
        assertEquals(2 * 3, results.size());
        for (RunResult result : results) {
            assertTrue(result.getPrimaryResult().getScore() > 0, () -> result.getParams()
                    .id());
        }
    }

    /** What JMH's fork does, up to where it is killed. */
    public static final class Killed {

        private Killed() {}

        /** Starts another process and says who it is and where. */
        public static void main(String[] arguments) throws Exception {
            OtherProcess other = OtherProcess.start(Measure.THROUGHPUT, "sluice-spsc", 32, 1 << 16);
            for (int message = 0; message < 1000; message++) {
                other.here().send();
            }
            System.out.println("started " + other.pid() + " " + other.directory());
            TimeUnit.DAYS.sleep(1);
        }
    }

    @Test
    void leavesNothingWhenTheMeasuringProcessIsKilled() throws Exception {
        ProcessHandle other;
        Path directory;
        try (Peer killed = Peer.jvm(List.of(), Killed.class, List.of())) {
            String[] said = killed.hear("started").split(" ", 2);
            other = ProcessHandle.of(Long.parseLong(said[0])).orElseThrow();
            directory = Path.of(said[1]);
            assertTrue(Files.isDirectory(directory));
        }
        other.onExit().get(Duration.ofMinutes(1).toSeconds(), TimeUnit.SECONDS);
        assertFalse(Files.exists(directory), directory::toString);
    }
}
