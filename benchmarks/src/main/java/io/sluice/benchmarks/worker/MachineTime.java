package io.sluice.benchmarks.worker;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Processor time that the whole machine has spent on anything, from the first line of {@code /proc/stat} (proc(5));
 * time that the hypervisor gave to others counts too. Where there is no such file, always 0.
 */
final class MachineTime {

    private static final Path STAT = Path.of("/proc/stat");
    private static final long NANOS_PER_TICK = TimeUnit.MILLISECONDS.toNanos(10);

    // cpu user nice system idle iowait irq softirq steal guest guest_nice; guest time is in user time already.
    private static final int FIRST = 1;
    private static final int IDLE = 4;
    private static final int WAITING = 5;
    private static final int STOLEN = 8;

    private MachineTime() {}

    static long busyNanos() {
        if (!Files.isReadable(STAT)) {
            return 0;
        }
        try (Stream<String> lines = Files.lines(STAT, StandardCharsets.US_ASCII)) {
            return busyTicks(lines.findFirst().orElse("").trim().split(" +")) * NANOS_PER_TICK;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long busyTicks(String[] columns) {
        long ticks = 0;
        for (int column = FIRST; column <= STOLEN && column < columns.length; column++) {
            if (column != IDLE && column != WAITING) {
                ticks += Long.parseLong(columns[column]);
            }
        }
        return ticks;
    }
}
