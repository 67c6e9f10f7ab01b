package io.sluice.locks.mutex;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.lock.UnusableLockException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.waiting.WaitStrategy;
import io.sluice.locks.scene.Scene;
import io.sluice.locks.scene.Scenes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whoever has no stack or no memory left in the middle of locking does not keep the mutex from others for ever. */
@SuppressWarnings("LockNotBeforeTry") // locked to see whether it can be
class MutexErrorTest {

    @RegisterExtension
    final Scenes scenes = new Scenes();

    private final Scene scene = scenes.open(Scene.Place.HEAP, MutexLayout.BODY_BYTES);

    private static Mutex over(RegionMemory memory) {
        return Mutex.over(memory, WaitStrategy.block());
    }

    @Test
    void canBeLockedAfterTheStackHasEndedInLocking() {
        Mutex mutex = over(new ForwardingMemory(scene.process()) {
            private boolean ended;

            @Override
            public boolean compareAndSetLong(long offset, long expected, long value) {
                if (!ended) {
                    ended = true;
                    throw new StackOverflowError("a test has no stack for it");
                }
                return super.compareAndSetLong(offset, expected, value);
            }
        });
        assertThrows(StackOverflowError.class, mutex::lock);
        assertFalse(mutex.isHeldByCurrentThread());
        mutex.lock();
        assertTrue(mutex.isHeldByCurrentThread());
        mutex.unlock();
        mutex.close();
    }

    @Test
    void isUnusableWhereThereIsNoMemoryToTellOfADeath() {
        DyingMemory dead = scene.process();
        over(dead).lock();
        dead.kill();
        Mutex heir = over(new ForwardingMemory(scene.process()) {
            private boolean took;
            private boolean failed;

            @Override
            public boolean compareAndSetLong(long offset, long expected, long value) {
                boolean done = super.compareAndSetLong(offset, expected, value);
                took |= done && offset == MutexLayout.WORD;
                return done;
            }

            @Override
            public String name() {
                if (took && !failed) {
                    failed = true;
                    throw new OutOfMemoryError("a test has no memory for an exception");
                }
                return super.name();
            }
        });
        assertThrows(OutOfMemoryError.class, heir::tryLock);
        assertFalse(heir.isHeldByCurrentThread());
        Mutex other = over(scene.process());
        assertThrows(UnusableLockException.class, other::tryLock);
        assertTrue(other.reset());
        assertTrue(other.tryLock());
    }
}
