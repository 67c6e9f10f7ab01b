/** Helpers for tests that need other processes. */
package io.sluice.api.testing;
