/**
 * Numbered examples, each a program to run and to read:
 * {@code java -cp examples/target/examples.jar io.sluice.examples.Example01HelloRing}. Each starts the other process it
 * needs by itself, leaves nothing behind, and is also run by a test.
 */
package io.sluice.examples;
