package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.RegionLife;
import io.sluice.stress.jcstress.Slab;
import io.sluice.stress.jcstress.TwoProcesses;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Region: its header, its attachments, and whether it lives. */
public final class RegionPublication {

    private RegionPublication() {}

    /** The header of a region between two processes. */
    public abstract static class RegionPair extends TwoProcesses {

        private static final Slab SLAB = Slab.of(
                0,
                RegionLife.MEMORY_BYTES,
                0,
                RegionLife.STATE + 64,
                RegionLife.entry(0),
                // Nobody comes to later entries.
                RegionLife.entry(8));

        /** As process 0 sees it. */
        protected final RegionLife leftRegion;

        /** As process 1 sees it. */
        protected final RegionLife rightRegion;

        RegionPair(UnaryOperator<RegionMemory> bug) {
            super(SLAB, bug);
            leftRegion = new RegionLife(left);
            rightRegion = new RegionLife(right);
        }
    }

    @JCStressTest
    @Description("A header is written, another process looks whether the region is live and reads it")
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not yet live")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "live, and its header is whole")
    @Outcome(expect = FORBIDDEN, desc = "live, and its header is not whole")
    @State
    public static class Header extends RegionPair {

        Header() {
            this(UnaryOperator.identity());
        }

        protected Header(UnaryOperator<RegionMemory> bug) {
            super(bug);
        }

        @Actor
        protected void creator() {
            RegionLife.writeHeader(left);
        }

        @Actor
        protected void opener(II_Result r) {
            if (RegionLife.isLive(right.getLongAcquire(RegionLife.STATE))) {
                r.r1 = 1;
                r.r2 = RegionLife.isHeaderWhole(right) ? 1 : 0;
            }
        }
    }

    @JCStressTest
    @Description("The last one detaches while somebody attaches")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "attached, and the region lives")
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "ended, and nobody attached")
    @Outcome(expect = FORBIDDEN, desc = "attached to a region that was ended, or refused by one that lives")
    @State
    public static class LeaveOrAttach extends RegionPair {

        LeaveOrAttach() {
            this(UnaryOperator.identity());
        }

        protected LeaveOrAttach(UnaryOperator<RegionMemory> bug) {
            super(bug);
            RegionLife.initialize(slot.process(0), left.selfToken());
        }

        @Actor
        protected void leaver(III_Result r) {
            r.r1 = leftRegion.detach(0) ? 1 : 0;
        }

        @Actor
        protected void comer(III_Result r) {
            r.r2 = rightRegion.attach() < 0 ? 0 : 1;
        }

        @Arbiter
        protected void state(III_Result r) {
            r.r3 = RegionLife.isDestroyed(left.getLong(RegionLife.STATE)) ? 0 : 1;
        }
    }

    @JCStressTest
    @Description("The last two detach")
    @Outcome(
            id = {"1, 0, 0", "0, 1, 0"},
            expect = ACCEPTABLE,
            desc = "ended, by one of them")
    @Outcome(expect = FORBIDDEN, desc = "ended twice, or left over")
    @State
    public static class LeaveBoth extends RegionPair {

        LeaveBoth() {
            this(UnaryOperator.identity());
        }

        protected LeaveBoth(UnaryOperator<RegionMemory> bug) {
            super(bug);
            RegionLife.initialize(slot.process(0), left.selfToken(), right.selfToken());
        }

        @Actor
        protected void first(III_Result r) {
            r.r1 = leftRegion.detach(0) ? 1 : 0;
        }

        @Actor
        protected void second(III_Result r) {
            r.r2 = rightRegion.detach(1) ? 1 : 0;
        }

        @Arbiter
        protected void state(III_Result r) {
            r.r3 = RegionLife.isDestroyed(left.getLong(RegionLife.STATE)) ? 0 : 1;
        }
    }

    @JCStressTest
    @Description("Two processes attach")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "each has an entry of its own")
    @Outcome(expect = FORBIDDEN, desc = "one entry for two, or refused")
    @State
    public static class AttachBoth extends RegionPair {

        AttachBoth() {
            this(UnaryOperator.identity());
        }

        protected AttachBoth(UnaryOperator<RegionMemory> bug) {
            super(bug);
            RegionLife.initialize(slot.process(0));
        }

        @Actor
        protected void first(II_Result r) {
            r.r1 = leftRegion.attach();
        }

        @Actor
        protected void second(II_Result r) {
            r.r2 = rightRegion.attach();
        }
    }

    @JCStressTest
    @Description("The region is destroyed while somebody attaches")
    @Outcome(
            id = {"1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "destroyed; attached before that, or refused")
    @Outcome(expect = FORBIDDEN, desc = "not destroyed")
    @State
    public static class DestroyOrAttach extends RegionPair {

        private int after;

        DestroyOrAttach() {
            super(UnaryOperator.identity());
            RegionLife.initialize(slot.process(0), left.selfToken());
        }

        @Actor
        void destroyer(II_Result r) {
            r.r1 = leftRegion.destroy() ? 1 : 0;
        }

        @Actor
        void comer(II_Result r) {
            r.r2 = rightRegion.attach() < 0 ? 0 : 1;
            after = rightRegion.attach();
        }

        @Arbiter
        protected void state(II_Result r) {
            boolean lives = !RegionLife.isDestroyed(left.getLong(RegionLife.STATE));
            // Refused once means refused ever after.
            if (lives || (r.r2 == 0 && after >= 0)) {
                r.r1 = -1;
            }
        }
    }

    @JCStressTest
    @Description("Two processes destroy the region")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one did, and removes its name")
    @Outcome(expect = FORBIDDEN, desc = "both, or none")
    @State
    public static class DestroyBoth extends RegionPair {

        DestroyBoth() {
            super(UnaryOperator.identity());
            RegionLife.initialize(slot.process(0), left.selfToken());
        }

        @Actor
        void first(II_Result r) {
            r.r1 = leftRegion.destroy() ? 1 : 0;
        }

        @Actor
        void second(II_Result r) {
            r.r2 = rightRegion.destroy() ? 1 : 0;
        }
    }

    @JCStressTest
    @Description("Its last user is dead; one process attaches, another one ends it if it is abandoned")
    @Outcome(id = "0, 1, 1", expect = ACCEPTABLE, desc = "attached, and the region lives")
    @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "ended, and nobody attached")
    @Outcome(expect = FORBIDDEN, desc = "attached to a region that was ended, or refused by one that lives")
    @State
    public static class AbandonedOrAttach extends RegionPair {

        AbandonedOrAttach() {
            this(UnaryOperator.identity());
        }

        protected AbandonedOrAttach(UnaryOperator<RegionMemory> bug) {
            super(bug);
            RegionLife.initialize(slot.process(0), slot.process(2).selfToken());
            slot.kill(2);
        }

        @Actor
        protected void ender(III_Result r) {
            r.r1 = leftRegion.endIfAbandoned() ? 1 : 0;
        }

        @Actor
        protected void comer(III_Result r) {
            r.r2 = rightRegion.attach() < 0 ? 0 : 1;
        }

        @Arbiter
        protected void state(III_Result r) {
            r.r3 = RegionLife.isDestroyed(left.getLong(RegionLife.STATE)) ? 0 : 1;
        }
    }
}
