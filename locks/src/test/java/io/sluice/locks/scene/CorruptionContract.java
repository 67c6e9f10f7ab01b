package io.sluice.locks.scene;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.CorruptLockException;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.Actors;
import io.sluice.api.testing.DyingMemory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What a lock does when another program stores into one of its words: who waits is told, who comes is told, nobody gets
 * anything by it; and once the word is what it was, everything goes on as if nothing had been.
 *
 * @param <L> the kind of lock
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class CorruptionContract<L extends Synchronizer> {

    @RegisterExtension
    final Scenes scenes = new Scenes();

    private final Actors actors = new Actors();

    /**
     * A word with something in it that cannot be.
     *
     * @param field how exceptions call it
     * @param offset where it is
     * @param value what is put there
     * @param shown whether a stat goes by it
     */
    public record Damage(String field, long offset, long value, boolean shown) {}

    /** For subclasses. */
    protected CorruptionContract() {}

    @AfterEach
    final void clear() {
        actors.close();
    }

    /** Bytes behind the header. */
    protected abstract long bodyBytes();

    /** Writes what is not zero in a new lock. */
    protected void initialize(RegionMemory memory) {}

    /** An attachment of another process. */
    protected abstract L attach(RegionMemory memory);

    /** What is to be put where, with the first attachment having occupied the lock and the second waiting for it. */
    protected abstract List<Damage> damages();

    /** Has the others wait. */
    protected abstract void occupy(L lock) throws Exception;

    /** Waits until nobody occupies it, and leaves it like that. */
    protected abstract void visit(L lock) throws Exception;

    /** Ends {@link #occupy}, in the same thread. */
    protected abstract void vacate(L lock) throws Exception;

    /** What somebody does once the words are sound again, before anybody goes on. */
    protected void repair(L lock) {}

    private Scene scene() {
        return scenes.open(Scene.Place.HEAP, bodyBytes());
    }

    @Test
    void tellsWhoWaitsAndWhoComesAndHarmsNobody() throws Exception {
        for (Damage damage : damages()) {
            tellsAndHarmsNobody(damage);
        }
    }

    private void tellsAndHarmsNobody(Damage damage) throws Exception {
        Scene scene = scene();
        DyingMemory vandal = scene.process();
        initialize(vandal);
        L occupying = attach(scene.process());
        L waiting = attach(scene.process());
        L coming = attach(scene.process());
        occupy(occupying);
        Actors.Actor waiter = actors.start(() -> visit(waiting));
        Actors.until(waiter::isAsleep);

        long sound = vandal.getLongAcquire(damage.offset());
        vandal.setLongRelease(damage.offset(), damage.value());
        assertNames(damage, assertInstanceOf(CorruptLockException.class, waiter.outcome(), damage::toString));
        assertNames(damage, assertThrows(CorruptLockException.class, () -> visit(coming), () -> "coming: " + damage));
        if (damage.shown()) {
            assertNames(damage, assertThrows(CorruptLockException.class, coming::stat, () -> "looking: " + damage));
        }

        vandal.setLongRelease(damage.offset(), sound);
        repair(occupying);
        Actors.Actor again = actors.start(() -> visit(waiting));
        Actors.Actor third = actors.start(() -> visit(coming));
        vacate(occupying);
        again.join();
        third.join();
        assertEquals(List.of(), coming.stat().waiters(), damage::toString);
    }

    private static void assertNames(Damage damage, CorruptLockException refusal) {
        assertTrue(refusal.getMessage().contains("corrupt " + damage.field()), refusal::getMessage);
    }
}
