package io.sluice.stress.storm;

import io.sluice.stress.storm.targets.AccountableTarget;
import io.sluice.stress.storm.targets.BarrierTarget;
import io.sluice.stress.storm.targets.BroadcastTarget;
import io.sluice.stress.storm.targets.EventCountTarget;
import io.sluice.stress.storm.targets.LatchTarget;
import io.sluice.stress.storm.targets.MpmcTarget;
import io.sluice.stress.storm.targets.MpscTarget;
import io.sluice.stress.storm.targets.MutexTarget;
import io.sluice.stress.storm.targets.ReadWriteTarget;
import io.sluice.stress.storm.targets.SignallingTarget;
import io.sluice.stress.storm.targets.SpscTarget;
import java.util.List;

/** Everything that a storm can rage over. */
public final class Targets {

    private Targets() {}

    /** All of them. */
    public static List<Target> all() {
        return List.of(
                new SpscTarget(),
                new MpscTarget(false),
                new MpscTarget(true),
                new MpmcTarget(),
                new BroadcastTarget(false),
                new BroadcastTarget(true),
                new MutexTarget(),
                new SignallingTarget(false),
                new SignallingTarget(true),
                new AccountableTarget(false),
                new AccountableTarget(true),
                new ReadWriteTarget(false),
                new ReadWriteTarget(true),
                new LatchTarget(),
                new BarrierTarget(),
                new EventCountTarget());
    }

    /** The one called {@code name}. */
    static Target named(String name) {
        return all().stream()
                .filter(target -> target.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no target '" + name + "'"));
    }
}
