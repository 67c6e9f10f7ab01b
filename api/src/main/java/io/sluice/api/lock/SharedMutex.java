package io.sluice.api.lock;

/**
 * A mutex between processes: {@link RobustLock} says how it behaves.
 *
 * <p>It is handed to whoever comes first, not to whoever waited longest. {@link #close()} throws
 * {@link IllegalStateException} while a thread holds it through this attachment.
 */
public interface SharedMutex extends RobustLock, Synchronizer {}
