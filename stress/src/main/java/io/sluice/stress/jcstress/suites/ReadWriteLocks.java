package io.sluice.stress.jcstress.suites;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.sluice.api.lock.FencedException;
import io.sluice.api.memory.RegionMemory;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** Read-write lock: writers alone, readers together. Of tries: 0 refused, 1 told, 2 got it, 3 damaged. */
@SuppressWarnings("LockNotBeforeTry") // nothing between can throw, and a try block is not free
public final class ReadWriteLocks {

    private ReadWriteLocks() {}

    /** A writer of two words and a reader of both. */
    public abstract static class WriterAndReader extends ReadWritePair {

        WriterAndReader(boolean fair, UnaryOperator<RegionMemory> bug) {
            super(fair, bug);
        }

        final void writeLeft() {
            leftLock.writeLock().lock();
            write(left, 1);
            leftLock.writeLock().unlock();
        }

        final void readRight(II_Result r) {
            rightLock.readLock().lock();
            r.r2 = (int) right.getLong(SECOND);
            r.r1 = (int) right.getLong(FIRST);
            rightLock.readLock().unlock();
        }
    }

    @JCStressTest
    @Description("Two processes count, each as a writer")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both counted")
    @Outcome(expect = FORBIDDEN, desc = "both were inside: an update was lost")
    @State
    public static class Writers extends ReadWritePair {

        Writers() {
            this(UnaryOperator.identity());
        }

        protected Writers(UnaryOperator<RegionMemory> bug) {
            super(false, bug);
        }

        @Actor
        protected void first() {
            count(leftLock, left);
        }

        @Actor
        protected void second() {
            count(rightLock, right);
        }

        @Arbiter
        protected void sum(I_Result r) {
            r.r1 = (int) left.getLong(FIRST);
        }
    }

    @JCStressTest
    @Description("Two processes count, each as a writer of a fair lock")
    @Outcome(id = "2", expect = ACCEPTABLE, desc = "both counted")
    @Outcome(expect = FORBIDDEN, desc = "both were inside: an update was lost")
    @State
    public static class FairWriters extends ReadWritePair {

        FairWriters() {
            super(true, UnaryOperator.identity());
        }

        @Actor
        void first() {
            count(leftLock, left);
        }

        @Actor
        void second() {
            count(rightLock, right);
        }

        @Arbiter
        protected void sum(I_Result r) {
            r.r1 = (int) left.getLong(FIRST);
        }
    }

    @JCStressTest
    @Description("One process writes two words, another one reads both")
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "before the change or after it")
    @Outcome(expect = FORBIDDEN, desc = "in the middle of the change, or without all of it")
    @State
    public static class WriterReader extends WriterAndReader {

        WriterReader() {
            this(UnaryOperator.identity());
        }

        protected WriterReader(UnaryOperator<RegionMemory> bug) {
            super(false, bug);
        }

        @Actor
        protected void writer() {
            writeLeft();
        }

        @Actor
        protected void reader(II_Result r) {
            readRight(r);
        }
    }

    @JCStressTest
    @Description("One process writes two words, another one reads both, through a fair lock")
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "before the change or after it")
    @Outcome(expect = FORBIDDEN, desc = "in the middle of the change, or without all of it")
    @State
    public static class FairWriterReader extends WriterAndReader {

        FairWriterReader() {
            super(true, UnaryOperator.identity());
        }

        @Actor
        void writer() {
            writeLeft();
        }

        @Actor
        void reader(II_Result r) {
            readRight(r);
        }
    }

    @JCStressTest
    @Description("Two processes begin to read")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "both do")
    @Outcome(expect = FORBIDDEN, desc = "one keeps the other out")
    @State
    public static class Readers extends ReadWritePair {

        Readers() {
            super(false, UnaryOperator.identity());
        }

        @Actor
        void first(II_Result r) {
            r.r1 = tryOnce(leftLock.readLock());
        }

        @Actor
        void second(II_Result r) {
            r.r2 = tryOnce(rightLock.readLock());
        }
    }

    @JCStressTest
    @Description("One process tries to write, another one to read, and both keep what they get")
    @Outcome(
            id = {"2, 0", "0, 2", "0, 0"},
            expect = ACCEPTABLE,
            desc = "at most one of them")
    @Outcome(expect = FORBIDDEN, desc = "a reader beside a writer")
    @State
    public static class WriterOrReader extends ReadWritePair {

        WriterOrReader() {
            this(UnaryOperator.identity());
        }

        protected WriterOrReader(UnaryOperator<RegionMemory> bug) {
            super(false, bug);
        }

        @Actor
        protected void writer(II_Result r) {
            r.r1 = tryOnce(leftLock.writeLock());
        }

        @Actor
        protected void reader(II_Result r) {
            r.r2 = tryOnce(rightLock.readLock());
        }
    }

    @JCStressTest
    @Description("A writer is told the number of its acquisition")
    @Outcome(
            id = {"1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "the later one's is the higher")
    @Outcome(expect = FORBIDDEN, desc = "the same, or one left out")
    @State
    public static class FencingTokens extends ReadWritePair {

        FencingTokens() {
            super(false, UnaryOperator.identity());
        }

        @Actor
        void first(II_Result r) {
            leftLock.writeLock().lock();
            r.r1 = (int) leftLock.writeLock().fencingToken();
            leftLock.writeLock().unlock();
        }

        @Actor
        void second(II_Result r) {
            rightLock.writeLock().lock();
            r.r2 = (int) rightLock.writeLock().fencingToken();
            rightLock.writeLock().unlock();
        }
    }

    @JCStressTest
    @Description("A writer dies in the middle of a change, another process tries to read")
    @Outcome(
            id = {"0, 0, 0", "3, 0, 0"},
            expect = ACCEPTABLE,
            desc = "refused: it writes, or somebody has to repair")
    @Outcome(id = "2, 0, 0", expect = ACCEPTABLE, desc = "read before the change")
    @Outcome(expect = FORBIDDEN, desc = "half of a change was read")
    @State
    public static class WriterDies extends ReadWritePair {

        WriterDies() {
            this(UnaryOperator.identity());
        }

        protected WriterDies(UnaryOperator<RegionMemory> bug) {
            super(false, bug);
        }

        @Actor
        protected void writer() {
            if (tryOnce(leftLock.writeLock()) == FREE) {
                left.setLong(FIRST, 1);
            }
            slot.kill(0);
        }

        @Actor
        protected void reader(III_Result r) {
            r.r1 = tryOnce(rightLock.readLock());
            if (r.r1 == FREE) {
                r.r2 = (int) right.getLong(FIRST);
                r.r3 = (int) right.getLong(SECOND);
                rightLock.readLock().unlock();
            }
        }
    }

    @JCStressTest
    @Description("A writer is dead, and two processes want to write; who is told repairs and unlocks")
    @Outcome(
            id = {"1, 0", "0, 1", "1, 2", "2, 1"},
            expect = ACCEPTABLE,
            desc = "one is told; the other finds it held, or repaired")
    @Outcome(expect = FORBIDDEN, desc = "both told, none told, or one let in without being told")
    @State
    public static class TwoHeirs extends ReadWritePair {

        TwoHeirs() {
            this(UnaryOperator.identity());
        }

        @SuppressWarnings("this-escape") // Nothing that a subclass could override looks at it.
        protected TwoHeirs(UnaryOperator<RegionMemory> bug) {
            super(false, bug);
            dieWriting();
        }

        @Actor
        protected void first(II_Result r) {
            r.r1 = tryOnce(leftLock.writeLock());
            if (r.r1 == TOLD) {
                repair(leftLock.writeLock());
            }
        }

        @Actor
        protected void second(II_Result r) {
            r.r2 = tryOnce(rightLock.writeLock());
            if (r.r2 == TOLD) {
                repair(rightLock.writeLock());
            }
        }
    }

    @JCStressTest
    @Description("A writer is dead; one process repairs, another one tries to read")
    @Outcome(
            id = {"0, 0, 0", "3, 0, 0"},
            expect = ACCEPTABLE,
            desc = "refused, or told that somebody has to repair")
    @Outcome(id = "2, 5, 5", expect = ACCEPTABLE, desc = "read after the repair")
    @Outcome(expect = FORBIDDEN, desc = "read what was half-written or half-repaired")
    @State
    public static class RepairVisible extends ReadWritePair {

        RepairVisible() {
            super(false, UnaryOperator.identity());
            dieWriting();
        }

        @Actor
        void heir() {
            if (tryOnce(leftLock.writeLock()) == TOLD) {
                write(left, 5);
                leftLock.writeLock().markConsistent();
                leftLock.writeLock().unlock();
            }
        }

        @Actor
        void reader(III_Result r) {
            r.r1 = tryOnce(rightLock.readLock());
            if (r.r1 == FREE) {
                r.r2 = (int) right.getLong(FIRST);
                r.r3 = (int) right.getLong(SECOND);
            }
        }
    }

    @JCStressTest
    @Description("A reader reads two words and dies, another process writes both if it can")
    @Outcome(
            id = {"0, 0, 0", "2, 0, 0", "2, 1, 1"},
            expect = ACCEPTABLE,
            desc = "the writer was refused, or wrote before or after the reading")
    @Outcome(expect = FORBIDDEN, desc = "read in the middle of the change, or told of a death that leaves no damage")
    @State
    public static class ReaderDies extends ReadWritePair {

        ReaderDies() {
            super(false, UnaryOperator.identity());
        }

        @Actor
        void writer(III_Result r) {
            r.r1 = tryOnce(leftLock.writeLock());
            if (r.r1 == FREE) {
                write(left, 1);
                leftLock.writeLock().unlock();
            }
        }

        @Actor
        void reader(III_Result r) {
            if (tryOnce(rightLock.readLock()) == FREE) {
                r.r3 = (int) right.getLong(SECOND);
                r.r2 = (int) right.getLong(FIRST);
            }
            slot.kill(1);
        }
    }

    @JCStressTest
    @Description("A reader is wrongly held for dead while it reads and unlocks, and another process writes")
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "it had unlocked")
    @Outcome(id = "2, 2", expect = ACCEPTABLE, desc = "its hold was taken away, and it finds out")
    @Outcome(id = "0, 2", expect = ACCEPTABLE, desc = "it did not begin, because somebody wrote")
    @Outcome(expect = FORBIDDEN, desc = "it does not find out, or the writer is kept out")
    @State
    public static class WrongVerdict extends ReadWritePair {

        WrongVerdict() {
            super(false, UnaryOperator.identity());
        }

        @Actor
        void reader(II_Result r) {
            try {
                if (leftLock.readLock().tryLock()) {
                    r.r1 = unlock(leftLock.readLock()) ? 1 : 2;
                }
            } catch (FencedException e) {
                r.r1 = 2;
            }
        }

        @Actor
        void writer(II_Result r) {
            slot.kill(0);
            r.r2 = tryOnce(rightLock.writeLock());
        }
    }
}
