package io.sluice.stress.storm;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.ChildConsole;
import io.sluice.stress.explore.mutants.Mutants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * A process of a storm: opens everything, says {@code ready} and its token, waits until it is told to {@code go}, and
 * then uses each target in a thread of its own until it is killed: now and then, and without rests between
 * {@code hurry} and {@code rest}. Arguments: directory, number, seed, {@link #SOUND} or the name of a bug to put in,
 * names of targets.
 */
final class StormChild {

    /** As the only other argument than a directory: loads all classes and ends. */
    static final String REHEARSAL = "rehearse";

    /** No bug. */
    static final String SOUND = "sound";

    static final String KIND = "stress.storm";

    /** Most of the processors is for JVMs that start: processes are busy when one is about to be killed. */
    private static final int MOST_REST_NANOS_PER_TARGET = 4_000_000;

    private final ChildConsole console = new ChildConsole();
    private final Map<String, Arming> armings = new HashMap<>();
    private final Path directory;
    private final int child;
    private final SplittableRandom seeds;
    private final UnaryOperator<RegionMemory> bug;
    private long token;

    private StormChild(Path directory, int child, long seed, String mutant) {
        this.directory = directory;
        this.child = child;
        this.seeds = new SplittableRandom(seed);
        this.bug = bug(mutant);
    }

    /** Runs until its standard input ends or it is killed. */
    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals(REHEARSAL)) {
            rehearse(Path.of(arguments[1]));
            return;
        }
        StormChild self = new StormChild(
                Path.of(arguments[0]), Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]), arguments[3]);
        self.run(List.of(arguments).subList(4, arguments.length));
    }

    /** The bug that is called so, as a decorator of memory. */
    static UnaryOperator<RegionMemory> bug(String mutant) {
        return mutant.equals(SOUND)
                ? UnaryOperator.identity()
                : Mutants.named(mutant).bug();
    }

    private static void rehearse(Path directory) throws Exception {
        StormChild self = new StormChild(directory, -1, 1, SOUND);
        for (Target target : Targets.all()) {
            try (Region region = create(directory, target)) {
                Target.Worker worker = self.worker(target);
                for (int turn = 0; turn < 20; turn++) {
                    worker.turn();
                }
                region.destroy();
            }
        }
    }

    static Region create(Path directory, Target target) {
        return Regions.create(
                RegionAddress.of(directory, target.name()),
                RegionSpec.of(KIND, target.bodyBytes()),
                RegionOptions.DEFAULT,
                target::initialize);
    }

    private void run(List<String> names) throws IOException {
        Map<String, Target.Worker> workers = new HashMap<>();
        for (String name : names) {
            workers.put(name, worker(Targets.named(name)));
        }
        console.say("ready " + token);
        for (String line = console.hear(); line != null; line = console.hear()) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case "go" -> workers.forEach(this::start);
                case "hurry" -> armings.values().forEach(arming -> arming.hurry(true));
                case "rest" -> armings.values().forEach(arming -> arming.hurry(false));
                default -> armings.get(words[1]).arm(Integer.parseInt(words[2]));
            }
        }
        Runtime.getRuntime().halt(0);
    }

    private Target.Worker worker(Target target) throws IOException {
        Region region = Regions.open(RegionAddress.of(directory, target.name()), KIND, RegionOptions.DEFAULT);
        token = region.memory().selfToken();
        Arming arming = new Arming(() -> say("armed"));
        armings.put(target.name(), arming);
        RegionMemory memory = bug.apply(new ArmedMemory(region.memory(), arming));
        Journal journal = Journal.create(Journal.path(directory, target.name(), child));
        return target.worker(memory, child, journal, seeds.split());
    }

    private void start(String name, Target.Worker worker) {
        Thread thread = new Thread(() -> use(name, worker), name);
        thread.setDaemon(true);
        thread.start();
    }

    private void use(String name, Target.Worker worker) {
        SplittableRandom rests = new SplittableRandom(child);
        try {
            while (true) {
                worker.turn();
                armings.get(name).rest(rests.nextInt(armings.size() * MOST_REST_NANOS_PER_TARGET));
            }
        } catch (Exception | AssertionError e) {
            StackTraceElement[] trace = e.getStackTrace();
            say("wrong " + name + ": " + e + (trace.length > 0 ? " at " + trace[0] : ""));
        }
    }

    private void say(String line) {
        synchronized (console) {
            console.say(line);
        }
    }
}
