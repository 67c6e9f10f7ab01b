package io.sluice.benchmarks.recovery;

import io.sluice.benchmarks.peer.Peer;
import io.sluice.benchmarks.run.Scratch;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/**
 * Kills one process after the other while another one waits for what it holds. Processes to be killed are started a few
 * at a time beforehand, so that none starts while time is taken.
 */
final class RecoveryRun {

    /** What the heir does. */
    enum Mode {
        /** Waits for the lock. */
        AWAIT,
        /** Asks, without a pause, whether the victim lives: the earliest moment at which anybody can know. */
        WATCH
    }

    private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int DIGITS = 3;
    private static final int SPARE_MEBIBYTES = 64;

    /** The heir has begun to wait so long before the kill, at random in between: in whatever slice of its wait. */
    private static final int SHORTEST_WAIT_NANOS = 1_500_000;

    private static final int LONGEST_WAIT_NANOS = 30_000_000;

    private final RecoveryPlan plan;
    private final SplittableRandom random;

    RecoveryRun(RecoveryPlan plan) {
        this.plan = plan;
        this.random = new SplittableRandom(plan.seed());
    }

    /** Nanoseconds from SIGKILL until the heir runs, or knows, for each kill. */
    Histogram run(Situation<?> situation, Mode mode) throws IOException, InterruptedException {
        Histogram times = new Histogram(LONGEST_NANOS, DIGITS);
        try (Scratch scratch = Scratch.in(plan.directory());
                Peer heir = start(Heir.class, scratch.path(), situation, plan.strategy(), List.of())) {
            heir.hear("ready");
            int round = 0;
            while (round < plan.warmup() + plan.kills()) {
                Queue<Peer> victims = victims(scratch.path(), situation);
                try {
                    while (!victims.isEmpty() && round < plan.warmup() + plan.kills()) {
                        long nanos = kill(heir, victims, round, mode);
                        if (round >= plan.warmup()) {
                            times.recordValue(Math.min(nanos, LONGEST_NANOS));
                        }
                        round++;
                    }
                } finally {
                    victims.forEach(Peer::close);
                }
            }
        }
        return times;
    }

    private Queue<Peer> victims(Path directory, Situation<?> situation) throws InterruptedException {
        Queue<Peer> victims = new ArrayDeque<>();
        String ballast = Integer.toString(plan.residentMebibytes());
        // A heap of fixed size, of which only what is filled is there to be taken apart.
        int heap = plan.residentMebibytes() + SPARE_MEBIBYTES;
        List<String> flags = List.of("-Xms" + heap + "m", "-Xmx" + heap + "m", "-XX:TieredStopAtLevel=1");
        for (int victim = 0; victim < plan.batch(); victim++) {
            victims.add(start(Victim.class, directory, situation, ballast, flags));
        }
        for (Peer victim : victims) {
            victim.hear("ready");
        }
        return victims;
    }

    private static Peer start(
            Class<?> main, Path directory, Situation<?> situation, String argument, List<String> flags) {
        List<String> arguments = new ArrayList<>(List.of(directory.toString(), situation.name(), argument));
        return Peer.jvm(flags, main, arguments);
    }

    private long kill(Peer heir, Queue<Peer> victims, int round, Mode mode) throws InterruptedException {
        heir.ask("create " + round, "created");
        try (Peer victim = victims.remove()) {
            String token = victim.ask("hold " + round, "holds").split(" ", 2)[0];
            heir.ask(mode == Mode.AWAIT ? "await " + round : "watch " + token, "waits");
            LockSupport.parkNanos(random.nextInt(SHORTEST_WAIT_NANOS, LONGEST_WAIT_NANOS));
            long killed = System.nanoTime();
            victim.kill();
            return Long.parseLong(heir.hear(mode == Mode.AWAIT ? "runs" : "dead")) - killed;
        }
    }
}
