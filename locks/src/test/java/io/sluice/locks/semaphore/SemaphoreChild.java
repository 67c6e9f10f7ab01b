package io.sluice.locks.semaphore;

import io.sluice.api.lock.AccountableSemaphore;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedSemaphore;
import io.sluice.api.region.RegionAddress;
import io.sluice.locks.scene.Errands;
import java.nio.file.Path;

/**
 * A process that does with semaphores as it is told: {@code acquire n}, {@code release n}, and with an accountable one
 * {@code transfer n} to the holder whose id follows. Arguments: a directory and, for each semaphore in it, its
 * {@linkplain #name name}.
 */
final class SemaphoreChild {

    private SemaphoreChild() {}

    /** What a semaphore of that kind and order is called. */
    static String name(Kind kind, Fairness fairness) {
        return kind + "-" + fairness;
    }

    /** Runs until its standard input ends. */
    public static void main(String[] arguments) {
        Errands errands = new Errands();
        for (int index = 1; index < arguments.length; index++) {
            String name = arguments[index];
            SharedSemaphore semaphore = open(Path.of(arguments[0]), name);
            errands.with(name, words -> run(semaphore, words));
        }
        errands.run();
    }

    private static SharedSemaphore open(Path directory, String name) {
        String[] words = name.split("-", -1);
        LockSpec<? extends SharedSemaphore> spec =
                switch (Kind.valueOf(words[0])) {
                    case SIGNALLING -> LockSpec.signallingSemaphore(name);
                    case ACCOUNTABLE -> LockSpec.accountableSemaphore(name);
                };
        return Locks.open(spec.withAddress(RegionAddress.of(directory, name)).withFairness(Fairness.valueOf(words[1])));
    }

    private static void run(SharedSemaphore semaphore, String... words) throws InterruptedException {
        int permits = Integer.parseInt(words[1]);
        switch (words[0]) {
            case "acquire" -> semaphore.acquire(permits);
            case "release" -> semaphore.release(permits);
            case "transfer" -> ((AccountableSemaphore) semaphore).transfer(permits, Long.parseLong(words[2]));
            default -> throw new IllegalArgumentException(words[0]);
        }
    }
}
