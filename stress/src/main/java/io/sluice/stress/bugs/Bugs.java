package io.sluice.stress.bugs;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ForwardingMemory;
import java.util.function.LongPredicate;
import java.util.function.UnaryOperator;

/** Things that can be wrong with any algorithm on shared memory, as decorators of the memory that it uses. */
public final class Bugs {

    private Bugs() {}

    /** Compare-and-set and addition of some words are two steps: a look and a store. */
    public static UnaryOperator<RegionMemory> torn(LongPredicate words) {
        return memory -> new Torn(memory, words, true);
    }

    /** As {@link #torn}, without the fence that such an operation is. */
    public static UnaryOperator<RegionMemory> unfenced(LongPredicate words) {
        return memory -> new Torn(memory, words, false);
    }

    /** A change to be made by a compare-and-set. */
    @FunctionalInterface
    public interface Change {

        /** Whether it is the one that is meant. */
        boolean is(long offset, long expected, long value);
    }

    /** Some changes are made whatever the word is by then. */
    public static UnaryOperator<RegionMemory> blind(Change changes) {
        return memory -> new Blind(memory, changes);
    }

    /** Some changes are not made at all, and said to be. */
    public static UnaryOperator<RegionMemory> omitted(Change changes) {
        return memory -> new Omitted(memory, changes);
    }

    /** A plain store to a place is made only after its process has next changed the word {@code behind}. */
    public static UnaryOperator<RegionMemory> late(long place, long behind) {
        return late(place, (offset, expected, value) -> offset == behind);
    }

    /** A plain store to a place is made only after its process has next made such a change. */
    public static UnaryOperator<RegionMemory> late(long place, Change behind) {
        return memory -> new Late(memory, place, behind);
    }

    /** Nobody says that it is about to sleep: the compare-and-set of a wake word is not made, and said to be. */
    public static UnaryOperator<RegionMemory> sleepingUnannounced() {
        return Unannounced::new;
    }

    /**
     * Waits for a moment, so that others come to see what should not be seen. Unnoticed by the explorer, which does not
     * need it.
     */
    public static void linger(int spins) {
        for (int spin = 0; spin < spins; spin++) {
            Thread.onSpinWait();
        }
    }

    /** Everybody is said to be alive. */
    public static UnaryOperator<RegionMemory> trusting() {
        return Trusting::new;
    }

    /** Whoever is not oneself is said to be dead. */
    public static UnaryOperator<RegionMemory> impatient() {
        return Impatient::new;
    }

    /** Who goes to sleep does not fence for both sides. */
    public static UnaryOperator<RegionMemory> withoutHeavyFence() {
        return NoHeavyFence::new;
    }

    private static final class Torn extends ForwardingMemory {

        private final LongPredicate words;
        private final boolean fenced;

        Torn(RegionMemory memory, LongPredicate words, boolean fenced) {
            super(memory);
            this.words = words;
            this.fenced = fenced;
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            if (!words.test(offset)) {
                return target().compareAndSetLong(offset, expected, value);
            }
            if (target().getLongAcquire(offset) != expected) {
                return false;
            }
            store(offset, value);
            return true;
        }

        @Override
        public long getAndAddLong(long offset, long delta) {
            if (!words.test(offset)) {
                return target().getAndAddLong(offset, delta);
            }
            long before = target().getLongAcquire(offset);
            store(offset, before + delta);
            return before;
        }

        private void store(long offset, long value) {
            target().setLongRelease(offset, value);
            if (fenced) {
                target().fullFence();
            }
        }
    }

    private static final class Blind extends ForwardingMemory {

        private final Change changes;

        Blind(RegionMemory memory, Change changes) {
            super(memory);
            this.changes = changes;
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            if (!changes.is(offset, expected, value)) {
                return target().compareAndSetLong(offset, expected, value);
            }
            target().setLongRelease(offset, value);
            target().fullFence();
            return true;
        }
    }

    private static final class Omitted extends ForwardingMemory {

        private final Change changes;

        Omitted(RegionMemory memory, Change changes) {
            super(memory);
            this.changes = changes;
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long value) {
            return changes.is(offset, expected, value) || target().compareAndSetLong(offset, expected, value);
        }
    }

    private static final class Late extends ForwardingMemory {

        private static final int LATE_BY_SPINS = 50;

        private final long place;
        private final Change behind;
        private boolean pending;
        private long value;

        Late(RegionMemory memory, long place, Change behind) {
            super(memory);
            this.place = place;
            this.behind = behind;
        }

        @Override
        public void setLong(long offset, long newValue) {
            if (offset == place) {
                pending = true;
                value = newValue;
            } else {
                target().setLong(offset, newValue);
            }
        }

        @Override
        public boolean compareAndSetLong(long offset, long expected, long newValue) {
            boolean done = target().compareAndSetLong(offset, expected, newValue);
            makeIf(done && behind.is(offset, expected, newValue));
            return done;
        }

        @Override
        public long getAndAddLong(long offset, long delta) {
            long before = target().getAndAddLong(offset, delta);
            makeIf(behind.is(offset, before, before + delta));
            return before;
        }

        private void makeIf(boolean due) {
            if (due && pending) {
                pending = false;
                for (int spin = 0; spin < LATE_BY_SPINS; spin++) {
                    target().spinHint();
                }
                target().setLong(place, value);
            }
        }
    }

    private static final class Unannounced extends ForwardingMemory {

        private static final int SLEEPERS = 1;

        Unannounced(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean compareAndSetInt(long offset, int expected, int value) {
            return (value & SLEEPERS) != 0 || target().compareAndSetInt(offset, expected, value);
        }

        @Override
        public void futexWait(long offset, int expected, long timeoutNanos) {
            target().futexWait(offset, expected & ~SLEEPERS, timeoutNanos);
        }
    }

    private static final class Trusting extends ForwardingMemory {

        Trusting(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean isAlive(long token) {
            return true;
        }
    }

    private static final class Impatient extends ForwardingMemory {

        Impatient(RegionMemory memory) {
            super(memory);
        }

        @Override
        public boolean isAlive(long token) {
            return token == selfToken() && target().isAlive(token);
        }
    }

    private static final class NoHeavyFence extends ForwardingMemory {

        NoHeavyFence(RegionMemory memory) {
            super(memory);
        }

        @Override
        public void fenceHeavy() {
            // The bug: a compare-and-set came just before, so the caller itself has its fence; the others do not.
        }
    }
}
