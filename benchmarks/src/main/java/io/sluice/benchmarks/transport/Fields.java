package io.sluice.benchmarks.transport;

/**
 * A message's payload as its 8-byte fields, wherever the transport keeps it. A flyweight, valid as long as its giver
 * says; confined to one thread.
 *
 * <p>A process measures one transport and therefore loads one subclass per direction: calls bind statically.
 */
public abstract class Fields {

    /** For subclasses. */
    protected Fields() {}

    /** Reads the field at byte {@code index}, a multiple of 8. */
    public abstract long getLong(int index);

    /** Writes the field at byte {@code index}, a multiple of 8. */
    public abstract void setLong(int index, long value);
}
