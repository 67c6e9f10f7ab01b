package io.sluice.api.lock;

/**
 * A mutex between processes: {@link RobustLock} says how it behaves.
 *
 * <p>It is handed to whoever comes first, not to whoever waited longest. {@code tryLock()} and {@code unlock()} are
 * wait-free but for the wake-up of those who sleep: a few compare-and-sets, and in {@code tryLock()} a system call if a
 * process holds it. {@link #close()} throws {@link IllegalStateException} while a thread holds it through this
 * attachment, also if that thread was still waiting when the closing began; others that waited may then have got a
 * {@link io.sluice.api.memory.DetachedException} although the attachment stays open.
 */
public interface SharedMutex extends RobustLock, Synchronizer {}
