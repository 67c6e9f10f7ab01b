package io.sluice.stress.storm;

import io.sluice.api.region.Region;
import io.sluice.api.ring.CorruptRingException;
import io.sluice.api.testing.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * One stretch of a storm: fresh structures, processes that use them all at once, one killed after the other and
 * replaced by one that was waiting for it; then everybody is killed, and the journals are held against what is left in
 * memory.
 */
final class Storm implements AutoCloseable {

    private static final int ACTIVE = 3;
    private static final int STANDBY = 2;
    private static final int MOST_ACCESSES = 60;
    private static final long ARMED_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(30);
    private static final long HURRY_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final long LONGEST_KILL_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final Arsenal arsenal;
    private final Path directory;
    private final List<Target> targets;
    private final String mutant;
    private final SplittableRandom random;
    private final Tally tally;
    private final Map<String, Region> regions = new HashMap<>();
    private final Deque<Participant> standby = new ArrayDeque<>();
    private final List<Participant> active = new ArrayList<>();
    private final List<Participant> dead = new ArrayList<>();
    private final Map<String, Long> grownTo = new HashMap<>();
    private final Map<String, Long> grownAt = new HashMap<>();
    private final RunningTime time = new RunningTime(LONGEST_KILL_NANOS);
    private int started;

    /** A process of the storm, as seen from outside. */
    private static final class Participant {

        private final int number;
        private final ChildJvm jvm;
        private long token;
        private long killedNanos;
        private long goneNanos;

        Participant(int number, ChildJvm jvm) {
            this.number = number;
            this.jvm = jvm;
        }
    }

    Storm(Arsenal arsenal, Path directory, List<Target> targets, String mutant, long seed, Tally tally) {
        this.arsenal = arsenal;
        this.directory = directory;
        this.targets = targets;
        this.mutant = mutant;
        this.random = new SplittableRandom(seed);
        this.tally = tally;
        for (Target target : targets) {
            regions.put(target.name(), StormChild.create(directory, target));
        }
    }

    /** Kills up to {@code kills} processes, fewer if it is {@code over}, then those that are left, and judges. */
    void rage(int kills, BooleanSupplier over, Runnable progress) throws IOException, InterruptedException {
        for (int process = 0; process < ACTIVE + STANDBY; process++) {
            start();
        }
        for (int process = 0; process < ACTIVE; process++) {
            activate();
        }
        for (int kill = 0; kill < kills && tally.isClean() && !over.getAsBoolean(); kill++) {
            killOne();
            progress.run();
            checkGrowth();
        }
        active.addAll(standby);
        standby.clear();
        while (!active.isEmpty()) {
            kill(active.remove(0));
        }
        audit();
    }

    private void start() {
        List<String> arguments = new ArrayList<>(
                List.of(directory.toString(), Integer.toString(started), Long.toString(random.nextLong()), mutant));
        targets.forEach(target -> arguments.add(target.name()));
        standby.add(new Participant(started++, arsenal.start(arguments.toArray(String[]::new))));
    }

    private void activate() {
        Participant next = standby.remove();
        next.token = Long.parseLong(next.jvm.awaitLine("ready "));
        next.jvm.send("go");
        active.add(next);
    }

    private void killOne() throws InterruptedException {
        // Ready before the kill, so that the victim's roles are taken over at once.
        activate();
        start();
        Participant victim = active.remove(random.nextInt(ACTIVE));
        if (random.nextInt(8) == 0) {
            stopForAWhile(active.get(random.nextInt(active.size())));
        }
        victim.jvm.send("hurry");
        active.forEach(process -> process.jvm.send("hurry"));
        if (random.nextBoolean()) {
            arm(victim);
        } else {
            LockSupport.parkNanos(HURRY_NANOS + random.nextInt(20_000_000));
            if (random.nextInt(8) == 0) {
                victim.jvm.stop();
                tally.stopped();
            }
        }
        kill(victim);
        active.forEach(process -> process.jvm.send("rest"));
    }

    private void arm(Participant victim) {
        Target target = targets.get(random.nextInt(targets.size()));
        victim.jvm.send("arm " + target.name() + " " + (1 + random.nextInt(MOST_ACCESSES)));
        long start = System.nanoTime();
        while (!victim.jvm.hasLine() && System.nanoTime() - start < ARMED_WAIT_NANOS) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void stopForAWhile(Participant process) {
        process.jvm.stop();
        tally.stopped();
        LockSupport.parkNanos(random.nextInt(30_000_000));
        process.jvm.resume();
    }

    private void kill(Participant victim) {
        victim.killedNanos = System.nanoTime();
        victim.jvm.killNow();
        int exit = victim.jvm.awaitExit();
        victim.goneNanos = System.nanoTime();
        dead.add(victim);
        boolean armed = false;
        while (victim.jvm.hasLine()) {
            String line = nextLine(victim);
            if (line == null) {
                break;
            }
            armed |= line.equals("armed");
            if (line.startsWith("ready ")) {
                victim.token = Long.parseLong(line.substring("ready ".length()));
            } else if (!line.equals("armed")) {
                tally.finding("process " + victim.number + " said: " + line);
            }
        }
        if (exit != 128 + 9) {
            tally.finding("process " + victim.number + " ended by itself with " + exit + ": " + victim.jvm.errors());
        }
        tally.killed(armed);
    }

    private static String nextLine(Participant process) {
        try {
            return process.jvm.awaitLine();
        } catch (AssertionError endOfOutput) {
            return null;
        }
    }

    /** A target on which nobody notes anything any more is stuck. */
    private void checkGrowth() throws IOException {
        long now = time.nanos();
        for (Target target : targets) {
            long size = 0;
            for (Participant process : active) {
                Path journal = Journal.path(directory, target.name(), process.number);
                size += Files.exists(journal) ? Files.size(journal) : 0;
            }
            size = size * 31 + active.get(0).number;
            if (!Long.valueOf(size).equals(grownTo.put(target.name(), size))) {
                grownAt.put(target.name(), now);
            } else if (now - grownAt.get(target.name()) > STALL_NANOS) {
                tally.finding(target.name() + ": nobody has done anything for 30 s");
            }
        }
    }

    private void audit() throws IOException, InterruptedException {
        for (Target target : targets) {
            List<Evidence.Witness> witnesses = new ArrayList<>();
            for (Participant process : dead) {
                if (process.token != 0) {
                    Path journal = Journal.path(directory, target.name(), process.number);
                    witnesses.add(new Evidence.Witness(
                            process.number,
                            process.token,
                            process.killedNanos,
                            process.goneNanos,
                            Journal.read(journal)));
                }
            }
            Evidence evidence = new Evidence(target.name(), witnesses);
            try {
                target.audit(regions.get(target.name()).memory(), evidence);
            } catch (CorruptRingException e) {
                // What is left cannot even be read.
                evidence.require(false, e.getMessage());
            }
            tally.judged(target, evidence);
        }
    }

    @Override
    public void close() {
        standby.forEach(process -> process.jvm.close());
        active.forEach(process -> process.jvm.close());
        regions.values().forEach(Region::destroy);
        regions.values().forEach(Region::detach);
    }
}
