package io.sluice.stress.jcstress.broken;

import io.sluice.api.memory.RegionMemory;
import io.sluice.locks.readwrite.ReadWritePlaces;
import io.sluice.stress.bugs.Bugs;
import io.sluice.stress.jcstress.BrokenTwin;
import io.sluice.stress.jcstress.suites.ReadWriteLocks;
import java.util.function.UnaryOperator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/** What {@link ReadWriteLocks} must see. */
public final class ReadWriteTwins {

    private ReadWriteTwins() {}

    @JCStressTest
    @BrokenTwin(of = ReadWriteLocks.Writers.class)
    @State
    public static class NotAtomic extends ReadWriteLocks.Writers {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.torn(offset -> offset == ReadWritePlaces.WRITER);

        NotAtomic() {
            super(BUG);
        }

        @Override
        @Actor
        protected void first() {
            super.first();
        }

        @Override
        @Actor
        protected void second() {
            super.second();
        }

        @Override
        @Arbiter
        protected void sum(I_Result r) {
            super.sum(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = ReadWriteLocks.WriterReader.class)
    @State
    public static class WrittenLate extends ReadWriteLocks.WriterReader {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.late(SECOND, ReadWritePlaces.WRITER);

        WrittenLate() {
            super(BUG);
        }

        @Override
        @Actor
        protected void writer() {
            super.writer();
        }

        @Override
        @Actor
        protected void reader(II_Result r) {
            super.reader(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = ReadWriteLocks.WriterOrReader.class)
    @State
    public static class ReaderUnfenced extends ReadWriteLocks.WriterOrReader {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.unfenced(ReadWritePlaces::isSlot);

        ReaderUnfenced() {
            super(BUG);
        }

        @Override
        @Actor
        protected void writer(II_Result r) {
            super.writer(r);
        }

        @Override
        @Actor
        protected void reader(II_Result r) {
            super.reader(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = ReadWriteLocks.WriterOrReader.class)
    @State
    public static class WriterBlind extends ReadWriteLocks.WriterOrReader {

        private static final UnaryOperator<RegionMemory> BUG = StructureBugs.BlindWriter::new;

        WriterBlind() {
            super(BUG);
        }

        @Override
        @Actor
        protected void writer(II_Result r) {
            super.writer(r);
        }

        @Override
        @Actor
        protected void reader(II_Result r) {
            super.reader(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = ReadWriteLocks.WriterOrReader.class)
    @State
    public static class ReaderHasty extends ReadWriteLocks.WriterOrReader {

        private static final UnaryOperator<RegionMemory> BUG = StructureBugs.HastyReader::new;

        ReaderHasty() {
            super(BUG);
        }

        @Override
        @Actor
        protected void writer(II_Result r) {
            super.writer(r);
        }

        @Override
        @Actor
        protected void reader(II_Result r) {
            super.reader(r);
        }
    }

    @JCStressTest
    @BrokenTwin(of = ReadWriteLocks.TwoHeirs.class)
    @State
    public static class TakenTwice extends ReadWriteLocks.TwoHeirs {

        private static final UnaryOperator<RegionMemory> BUG = Bugs.blind((offset, expected, value) ->
                offset == ReadWritePlaces.WRITER && (value & ReadWritePlaces.INCONSISTENT) != 0 && expected != value);

        TakenTwice() {
            super(BUG);
        }

        @Override
        @Actor
        protected void first(II_Result r) {
            super.first(r);
        }

        @Override
        @Actor
        protected void second(II_Result r) {
            super.second(r);
        }
    }
}
