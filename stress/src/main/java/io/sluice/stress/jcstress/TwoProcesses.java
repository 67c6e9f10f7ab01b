package io.sluice.stress.jcstress;

import io.sluice.api.memory.RegionMemory;
import java.util.function.UnaryOperator;

/** What the state of every test here has: a slot, and two processes that share it through different mappings. */
public abstract class TwoProcesses {

    /** The memory and its processes. */
    protected final Slot slot;

    /** The memory as process 0 sees it. */
    protected final RegionMemory left;

    /** The memory as process 1 sees it. */
    protected final RegionMemory right;

    /**
     * New memory out of {@code slab}.
     *
     * @param bug what is between each process and its memory: nothing, or what breaks a twin
     */
    protected TwoProcesses(Slab slab, UnaryOperator<RegionMemory> bug) {
        this.slot = slab.next();
        this.left = bug.apply(slot.process(0));
        this.right = bug.apply(slot.process(1));
    }
}
