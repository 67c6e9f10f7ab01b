package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.WakeWords;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** What {@link WakeWords} must see. */
public final class WakeWordTwins {

    private WakeWordTwins() {}

    @JCStressTest
    @BrokenTwin(of = WakeWords.SleepOrWake.class, mutant = "no-heavy-fence")
    @State
    public static class NoHeavyFence extends WakeWords.SleepOrWake {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.withoutHeavyFence();

        NoHeavyFence() {
            super(BUG);
        }

        @Override
        @Actor
        protected void waker(II_Result r) {
            super.waker(r);
        }

        @Override
        @Actor
        protected void sleeper(II_Result r) {
            super.sleeper(r);
        }
    }
}
