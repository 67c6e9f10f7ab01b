package io.sluice.locks.semaphore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.DyingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The numbers of changes come round after 2<sup>35</sup>. What an account says of a change from the round before must not be
 * taken for one of now, at whatever number the holder goes on.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LedgerWrapTest {

    private static final int TOTAL = 9;
    private static final long NUMBERS = 1L << 35;
    private static final int OTHER = 3;

    @RegisterExtension
    final Scenes scenes = new Scenes();

    /** A holder that made changes long ago, a receiver, one that dies, and one that has made all the changes since. */
    private final class Round {

        private final Scene scene = scenes.open(Scene.Place.HEAP, AccountableLayout.BODY_BYTES);
        private final DyingMemory memory = scene.process();
        private final DyingMemory mortal = scene.process();
        private final LedgerSemaphore holder;
        private final LedgerSemaphore receiver;
        private final LedgerSemaphore dying;
        private final LedgerSemaphore other;

        Round() {
            LedgerSemaphore.initialize(memory, TOTAL);
            holder = over(memory);
            receiver = over(scene.process());
            dying = over(mortal);
            other = over(scene.process());
            assertTrue(other.tryAcquire(1));
            assertTrue(holder.tryAcquire(3));
            holder.transfer(1, receiver.holderId());
            assertTrue(dying.tryAcquire(1));
            holder.release(1);
            assertTrue(other.tryAcquire(1));
            assertTrue(receiver.tryAcquire(1));
        }

        private LedgerSemaphore over(DyingMemory process) {
            return LedgerSemaphore.over(process, TOTAL, false, WaitStrategy.block());
        }

        private long state() {
            return memory.getLongAcquire(AccountableLayout.STATE);
        }

        /** Goes to the state after many changes of {@code other} that left everything as it is. */
        void goOnTo(long number) {
            assertTrue(other.tryAcquire(1));
            other.release(1);
            int held = other.heldPermits();
            long last = Math.floorMod(number - 1, NUMBERS);
            for (long change = last - 1; change <= last; change++) {
                long known = Math.floorMod(change, NUMBERS);
                memory.setLong(AccountableLayout.announced(OTHER, known), LedgerEntry.of(known, held));
            }
            long before = Math.floorMod(last - 5, NUMBERS);
            memory.setLong(AccountableLayout.booked(OTHER), LedgerEntry.of(before, held));
            memory.setLongRelease(
                    AccountableLayout.STATE,
                    LedgerState.changed(
                            LedgerEntry.of(Math.floorMod(last - 1, NUMBERS), 0),
                            OTHER,
                            LedgerState.available(state())));
        }

        /** Everything is there once, whoever asks. */
        void audit(int held, int received, int died) {
            assertTrue(other.tryAcquire(1));
            assertEquals(held, holder.heldPermits());
            assertEquals(received, receiver.heldPermits());
            assertEquals(TOTAL - 3 - held - received - died, other.availablePermits());
            assertEquals(3, other.heldPermits());
            mortal.kill();
            holder.release(held);
            receiver.release(received);
            other.release(3);
            assertTrue(other.tryAcquire(TOTAL));
            assertEquals(0, over(scene.process()).heldPermits());
        }
    }

    /** What is done with a number that somebody has used before, and what is held afterwards. */
    private record Operation(String name, Consumer<Round> action, int held, int received, int died) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static List<Operation> operations() {
        return List.of(
                new Operation("acquiring", round -> assertTrue(round.holder.tryAcquire(2)), 3, 2, 1),
                new Operation("releasing", round -> round.holder.release(1), 0, 2, 1),
                new Operation("transferring", round -> round.holder.transfer(1, round.receiver.holderId()), 0, 3, 1),
                new Operation("acquiring twice", LedgerWrapTest::acquireTwice, 3, 2, 1),
                new Operation("taking back", LedgerWrapTest::takeBack, 1, 2, 0),
                new Operation("the first change of an account", LedgerWrapTest::useAnotherAccount, 1, 2, 1));
    }

    private static void acquireTwice(Round round) {
        assertTrue(round.holder.tryAcquire(1));
        assertTrue(round.holder.tryAcquire(1));
    }

    private static void takeBack(Round round) {
        round.mortal.kill();
        assertFalse(round.holder.tryAcquire(TOTAL));
    }

    private static void useAnotherAccount(Round round) {
        LedgerSemaphore fresh = round.over(round.scene.process());
        assertTrue(fresh.tryAcquire(2));
        fresh.release(2);
    }

    @ParameterizedTest
    @MethodSource("operations")
    @Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void takesNoChangeForOneOfTheRoundBefore(Operation operation) {
        long used = LedgerState.number(new Round().state());
        for (long number = -3; number <= used + 2; number++) {
            Round round = new Round();
            round.goOnTo(number);
            operation.action.accept(round);
            try {
                round.audit(operation.held, operation.received, operation.died);
            } catch (AssertionError e) {
                throw new AssertionError(operation + " as change " + number + ": " + e.getMessage(), e);
            }
        }
    }
}
