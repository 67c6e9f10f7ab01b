package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.semaphore.LedgerSemaphore;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/** Accountable semaphore: permits that are always somewhere, and those of the dead that come back once. */
public final class AccountableSemaphores {

    private AccountableSemaphores() {}

    @JCStressTest
    @Description("Two processes want the one permit")
    @Outcome(
            id = {"0, 1, 1", "1, 0, 1"},
            expect = ACCEPTABLE,
            desc = "one got it")
    @Outcome(expect = FORBIDDEN, desc = "both, or none, or permits that do not add up")
    @State
    public static class OnePermit extends AccountablePair {

        OnePermit() {
            this(UnaryOperator.identity());
        }

        protected OnePermit(UnaryOperator<RegionMemory> bug) {
            super(1, bug);
        }

        @Actor
        protected void first(III_Result r) {
            r.r1 = leftPermits.tryAcquire() ? 1 : 0;
        }

        @Actor
        protected void second(III_Result r) {
            r.r2 = rightPermits.tryAcquire() ? 1 : 0;
        }

        @Arbiter
        protected void sum(III_Result r) {
            r.r3 = everywhere();
        }
    }

    @JCStressTest
    @Description("Two processes count, each with the one permit")
    @Outcome(id = "2, 1", expect = ACCEPTABLE, desc = "both counted, and the permit is there")
    @Outcome(expect = FORBIDDEN, desc = "both were inside, or a permit was lost or invented")
    @State
    public static class Count extends AccountablePair {

        Count() {
            this(UnaryOperator.identity());
        }

        protected Count(UnaryOperator<RegionMemory> bug) {
            super(1, bug);
        }

        @Actor
        protected void first() {
            leftPermits.acquireUninterruptibly();
            left.setLong(WORD, left.getLong(WORD) + 1);
            leftPermits.release();
        }

        @Actor
        protected void second() {
            rightPermits.acquireUninterruptibly();
            right.setLong(WORD, right.getLong(WORD) + 1);
            rightPermits.release();
        }

        @Arbiter
        protected void sum(II_Result r) {
            r.r1 = (int) left.getLong(WORD);
            r.r2 = leftPermits.availablePermits();
        }
    }

    @JCStressTest
    @Description("Two processes take and give back, two changes each")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "all are available again")
    @Outcome(expect = FORBIDDEN, desc = "permits lost or invented")
    @State
    public static class TakeAndGiveBack extends AccountablePair {

        TakeAndGiveBack() {
            this(UnaryOperator.identity());
        }

        protected TakeAndGiveBack(UnaryOperator<RegionMemory> bug) {
            super(2, bug);
        }

        @Actor
        protected void first() {
            leftPermits.acquireUninterruptibly();
            leftPermits.release();
        }

        @Actor
        protected void second() {
            rightPermits.acquireUninterruptibly();
            rightPermits.release();
        }

        @Arbiter
        protected void sum(II_Result r) {
            r.r1 = leftPermits.availablePermits();
            r.r2 = everywhere();
        }
    }

    @JCStressTest
    @Description("Two threads of one process take a permit each")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "it holds both")
    @Outcome(expect = FORBIDDEN, desc = "one was lost")
    @State
    public static class OneHolder extends AccountablePair {

        OneHolder() {
            super(2, UnaryOperator.identity());
        }

        @Actor
        void first() {
            leftPermits.acquireUninterruptibly();
        }

        @Actor
        void second() {
            leftPermits.acquireUninterruptibly();
        }

        @Arbiter
        protected void sum(II_Result r) {
            r.r1 = leftPermits.heldPermits();
            r.r2 = everywhere();
        }
    }

    @JCStressTest
    @Description("A dead process holds the one permit, and two want it")
    @Outcome(
            id = {"0, 1, 1", "1, 0, 1"},
            expect = ACCEPTABLE,
            desc = "it came back once")
    @Outcome(expect = FORBIDDEN, desc = "it came back twice, or not at all")
    @State
    public static class DeadHolder extends AccountablePair {

        DeadHolder() {
            this(UnaryOperator.identity());
        }

        @SuppressWarnings("this-escape") // Nothing that a subclass could override looks at it.
        protected DeadHolder(UnaryOperator<RegionMemory> bug) {
            super(1, bug);
            dieHolding(1);
        }

        @Actor
        protected void first(III_Result r) {
            r.r1 = leftPermits.tryAcquire() ? 1 : 0;
        }

        @Actor
        protected void second(III_Result r) {
            r.r2 = rightPermits.tryAcquire() ? 1 : 0;
        }

        @Arbiter
        protected void sum(III_Result r) {
            r.r3 = everywhere();
        }
    }

    @JCStressTest
    @Description("A process takes and gives back a permit and settles that, another one takes; then the first is dead")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "what is left of the dead one's came back, once")
    @Outcome(expect = FORBIDDEN, desc = "a permit lost or invented")
    @State
    public static class Settled extends AccountablePair {

        Settled() {
            this(UnaryOperator.identity());
        }

        protected Settled(UnaryOperator<RegionMemory> bug) {
            super(4, bug);
            // One is left to the process that dies. The other one's change comes last, so that it settles its next one.
            leftPermits.tryAcquire();
            rightPermits.tryAcquire();
        }

        @Actor
        protected void settler() {
            leftPermits.tryAcquire();
            leftPermits.release();
        }

        @Actor
        protected void taker() {
            rightPermits.tryAcquire();
        }

        @Arbiter
        protected void rest(II_Result r) {
            slot.kill(0);
            LedgerSemaphore heir = third();
            // More than there are: takes back what the dead one held.
            r.r1 = heir.tryAcquire(3) ? 1 : 0;
            r.r2 = heir.drainPermits();
        }
    }

    @JCStressTest
    @Description("A process takes a permit, writes and dies; another one wants the permit and reads")
    @Outcome(
            id = {"1, 0, 0", "0, 1, 0"},
            expect = ACCEPTABLE,
            desc = "only one of them got it")
    @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "the heir got it back from the dead, and sees what it wrote")
    @Outcome(expect = FORBIDDEN, desc = "a permit that there is not, or without what was written under it")
    @State
    public static class HolderDies extends AccountablePair {

        HolderDies() {
            super(1, UnaryOperator.identity());
        }

        @Actor
        void mortal(III_Result r) {
            if (leftPermits.tryAcquire()) {
                r.r1 = 1;
                left.setLong(WORD, 1);
            }
            slot.kill(0);
        }

        @Actor
        void heir(III_Result r) {
            if (rightPermits.tryAcquire()) {
                r.r2 = 1;
                r.r3 = (int) right.getLong(WORD);
            }
        }
    }

    @JCStressTest
    @Description("A process hands a permit on, while its receiver gives one back")
    @Outcome(id = "0, 1, 2", expect = ACCEPTABLE, desc = "one with the receiver, one available")
    @Outcome(expect = FORBIDDEN, desc = "a permit lost or invented")
    @State
    public static class Transfer extends AccountablePair {

        Transfer() {
            this(UnaryOperator.identity());
        }

        protected Transfer(UnaryOperator<RegionMemory> bug) {
            super(2, bug);
            leftPermits.tryAcquire();
            rightPermits.tryAcquire();
        }

        @Actor
        protected void giver() {
            leftPermits.transfer(1, rightPermits.holderId());
        }

        @Actor
        protected void receiver() {
            rightPermits.release();
        }

        @Arbiter
        protected void sum(III_Result r) {
            r.r1 = leftPermits.heldPermits();
            r.r2 = rightPermits.heldPermits();
            r.r3 = everywhere();
        }
    }

    @JCStressTest
    @Description("A process hands a permit on and dies; a third takes back what the dead hold")
    @Outcome(
            id = {"1, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "the permit is the receiver's, nobody else's")
    @Outcome(expect = FORBIDDEN, desc = "given to two, or to none")
    @State
    public static class TransferAndDie extends AccountablePair {

        TransferAndDie() {
            super(2, UnaryOperator.identity());
            leftPermits.tryAcquire(2);
        }

        @Actor
        void giver() {
            leftPermits.transfer(1, rightPermits.holderId());
            slot.kill(0);
        }

        @Actor
        void heir(II_Result r) {
            // There is one to be had, once the giver is dead.
            r.r2 = third().tryAcquire(1) ? 1 : 0;
        }

        @Arbiter
        protected void sum(II_Result r) {
            r.r1 = rightPermits.heldPermits();
        }
    }

    @JCStressTest
    @Description("A holder is wrongly held for dead while it gives its permit back")
    @Outcome(
            id = {"1, 0, 1", "1, 1, 1"},
            expect = ACCEPTABLE,
            desc = "given back, and perhaps taken")
    @Outcome(
            id = {"0, 1, 1", "0, 0, 1"},
            expect = ACCEPTABLE,
            desc = "taken away, and the holder is told")
    @Outcome(expect = FORBIDDEN, desc = "the permit came back twice, or not at all")
    @State
    public static class WrongVerdict extends AccountablePair {

        WrongVerdict() {
            this(UnaryOperator.identity());
        }

        protected WrongVerdict(UnaryOperator<RegionMemory> bug) {
            super(1, bug);
            leftPermits.tryAcquire();
        }

        @Actor
        protected void holder(III_Result r) {
            try {
                leftPermits.release();
                r.r1 = 1;
            } catch (IllegalMonitorStateException e) {
                r.r1 = 0;
            }
        }

        @Actor
        protected void heir(III_Result r) {
            slot.kill(0);
            r.r2 = rightPermits.tryAcquire() ? 1 : 0;
        }

        @Arbiter
        protected void sum(III_Result r) {
            r.r3 = everywhere();
        }
    }

    @JCStressTest
    @Description("A holder closes its attachment, another one wants its permit")
    @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "refused, and it is available in the end")
    @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "got it")
    @Outcome(expect = FORBIDDEN, desc = "lost, or given twice")
    @State
    public static class CloseOrAcquire extends AccountablePair {

        CloseOrAcquire() {
            super(1, UnaryOperator.identity());
            leftPermits.tryAcquire();
        }

        @Actor
        void closer() {
            leftPermits.close();
        }

        @Actor
        void acquirer(II_Result r) {
            r.r1 = rightPermits.tryAcquire() ? 1 : 0;
        }

        @Arbiter
        protected void rest(II_Result r) {
            r.r2 = rightPermits.availablePermits();
        }
    }
}
