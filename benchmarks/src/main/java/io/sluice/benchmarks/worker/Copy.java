package io.sluice.benchmarks.worker;

/** Copies a message's bytes again and again, each time to the next place of an array as large as a ring. */
final class Copy {

    private static final int BYTES_BETWEEN_LOOKS = 1 << 16;

    private final byte[] source;
    private final byte[] target;
    private final int batch;
    private final Job job;
    private int place;
    private long count;

    Copy(Job job) {
        this.job = job;
        this.source = new byte[job.length()];
        this.target = new byte[Math.toIntExact(job.capacity())];
        this.batch = Math.max(1, BYTES_BETWEEN_LOOKS / job.length());
    }

    Outcome run() {
        long start = System.nanoTime();
        copyUntil(start + job.warmup().toNanos());
        long before = count;
        Usage usage = new Usage();
        usage.start();
        copyUntil(System.nanoTime() + job.time().toNanos());
        usage.stop();
        return Outcome.of(count - before, usage);
    }

    private void copyUntil(long end) {
        while (System.nanoTime() - end < 0) {
            for (int i = 0; i < batch; i++) {
                source[0] = (byte) count;
                System.arraycopy(source, 0, target, place, source.length);
                place += source.length;
                if (place > target.length - source.length) {
                    place = 0;
                }
                count++;
            }
        }
    }
}
