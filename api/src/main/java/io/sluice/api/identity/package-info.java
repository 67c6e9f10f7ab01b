/**
 * Who this process is among those that share a region directory, and proof that another one is dead.
 *
 * <p>Every process takes a random token and holds the kernel's lock on that byte of the directory's one participants
 * file for as long as it lives. The kernel frees the lock only after it has torn the process down, so a free byte means
 * that its holder will never store again. No timeouts, no process ids: a stopped process still holds its byte, an id
 * that was given to another process means nothing, and processes in different pid namespaces see each other as long as
 * they share the directory.
 */
package io.sluice.api.identity;
