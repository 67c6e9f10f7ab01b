package io.sluice.locks.readwrite;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.RobustLock;
import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever has no stack or no memory left in the middle of locking does not keep the lock from others for ever. */
@SuppressWarnings("LockNotBeforeTry") // locked to see whether it can be
class WriterErrorTest {

    private static final int PLACES = 3;

    @RegisterExtension
    final Scenes scenes = new Scenes();

    private final Scene scene = scenes.open(Scene.Place.HEAP, RegionReadWriteLock.bodyBytes(PLACES));

    private static RobustLock over(RegionMemory memory) {
        return new RegionReadWriteLock(memory, PLACES, true, WaitStrategy.block(), () -> {}).writeLock();
    }

    @Test
    void withdrawsItsClaimWhenTheStackEndsInLeavingTheQueue() {
        RobustLock lock = over(new ForwardingMemory(scene.process()) {
            private boolean claimed;

            @Override
            public boolean compareAndSetLong(long offset, long expected, long value) {
                boolean done = super.compareAndSetLong(offset, expected, value);
                claimed |= done && offset == ReadWriteLayout.WRITER;
                return done;
            }

            @Override
            public void setLong(long offset, long value) {
                if (claimed && offset == ReadWriteLayout.wants(0)) {
                    throw new StackOverflowError("a test has no stack for it");
                }
                super.setLong(offset, value);
            }
        });
        assertThrows(StackOverflowError.class, lock::lock);
        assertFalse(lock.isHeldByCurrentThread());
        assertTrue(over(scene.process()).tryLock());
    }

    @Test
    void isUnusableWhereThereIsNoMemoryToTellOfADeath() {
        DyingMemory dead = scene.process();
        over(dead).lock();
        dead.kill();
        RobustLock heir = over(new ForwardingMemory(scene.process()) {
            private boolean writes;
            private boolean failed;

            @Override
            public boolean compareAndSetLong(long offset, long expected, long value) {
                boolean done = super.compareAndSetLong(offset, expected, value);
                writes |= done && offset == ReadWriteLayout.WRITER && !WriterWord.isPending(value);
                return done;
            }

            @Override
            public String name() {
                if (writes && !failed) {
                    failed = true;
                    throw new OutOfMemoryError("a test has no memory for an exception");
                }
                return super.name();
            }
        });
        assertThrows(OutOfMemoryError.class, heir::tryLock);
        assertFalse(heir.isHeldByCurrentThread());
        RobustLock other = over(scene.process());
        assertThrows(UnusableLockException.class, other::tryLock);
        assertTrue(other.reset());
        assertTrue(other.tryLock());
    }
}
