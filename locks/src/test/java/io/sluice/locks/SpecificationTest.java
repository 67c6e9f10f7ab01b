package io.sluice.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.LockSpec.Fairness;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionNotFoundException;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.testing.OwnDirectory;
import io.sluice.api.waiting.WaitStrategy;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What can be said of a lock, and that nothing is ignored that cannot. */
class SpecificationTest {

    @RegisterExtension
    final OwnDirectory directory = new OwnDirectory();

    static List<LockSpec<?>> unordered() {
        return List.of(
                LockSpec.mutex("lock"), LockSpec.latch("lock"), LockSpec.barrier("lock"), LockSpec.eventCount("lock"));
    }

    static List<LockSpec<?>> withoutMaximum() {
        return List.of(
                LockSpec.mutex("lock"),
                LockSpec.accountableSemaphore("lock", 3),
                LockSpec.readWriteLock("lock"),
                LockSpec.latch("lock", 3),
                LockSpec.barrier("lock", 3),
                LockSpec.eventCount("lock"));
    }

    /** With a count, and without it. */
    static List<List<LockSpec<?>>> counted() {
        return List.of(
                List.of(LockSpec.signallingSemaphore("lock", 3), LockSpec.signallingSemaphore("lock")),
                List.of(LockSpec.accountableSemaphore("lock", 3), LockSpec.accountableSemaphore("lock")),
                List.of(LockSpec.latch("lock", 3), LockSpec.latch("lock")),
                List.of(LockSpec.barrier("lock", 3), LockSpec.barrier("lock")));
    }

    private static void refuses(String reason, Executable saying) {
        String message = assertThrows(IllegalArgumentException.class, saying).getMessage();
        assertTrue(message.startsWith("lock: ") && message.contains(reason), message);
    }

    @ParameterizedTest
    @MethodSource("unordered")
    void refusesFairnessWhereThereIsNoOrder(LockSpec<?> spec) {
        refuses("fair", () -> spec.withFairness(Fairness.FAIR));
        assertSame(Fairness.BARGING, spec.withFairness(Fairness.BARGING).fairness());
    }

    @ParameterizedTest
    @MethodSource("withoutMaximum")
    void refusesAMaximumWhereThereIsNone(LockSpec<?> spec) {
        refuses("maximum", () -> spec.withMaximum(7));
        assertEquals(LockSpec.ANY, spec.withMaximum(LockSpec.ANY).maximum());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -2, Integer.MIN_VALUE})
    void refusesAMaximumThatIsNotPositive(int maximum) {
        refuses("not positive", () -> LockSpec.signallingSemaphore("lock").withMaximum(maximum));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, -2, Integer.MIN_VALUE})
    void refusesNegativePermitsAlsoWhereTheyWouldMeanAny(int permits) {
        refuses("permits", () -> LockSpec.signallingSemaphore("lock", permits));
        refuses("permits", () -> LockSpec.accountableSemaphore("lock", permits));
        refuses("attachments", () -> LockSpec.readWriteLock("lock", permits));
        refuses("counts", () -> LockSpec.latch("lock", permits));
        refuses("parties", () -> LockSpec.barrier("lock", permits));
    }

    @Test
    void refusesACountWhereThereIsNone() {
        refuses(
                "count of 3",
                () -> new LockSpec<>(
                        LockKind.MUTEX,
                        SharedMutex.class,
                        RegionAddress.of("lock"),
                        3,
                        LockSpec.ANY,
                        Fairness.ANY,
                        WaitStrategy.block(),
                        RegionOptions.DEFAULT));
    }

    @ParameterizedTest
    @MethodSource("counted")
    void opensButDoesNotCreateWithoutACount(List<LockSpec<?>> specs) {
        LockSpec<?> counted = directory.here(specs.get(0));
        LockSpec<?> any = directory.here(specs.get(1));
        assertThrows(IllegalArgumentException.class, () -> Locks.create(any));
        assertThrows(RegionNotFoundException.class, () -> Locks.openOrCreate(any));
        try (Synchronizer created = Locks.openOrCreate(counted);
                Synchronizer opened = Locks.openOrCreate(any)) {
            assertEquals(created.stat().state(), opened.stat().state());
        }
    }
}
