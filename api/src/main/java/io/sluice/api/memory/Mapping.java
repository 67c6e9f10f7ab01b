package io.sluice.api.memory;

/**
 * A file's bytes in this process's address space. Threads: the owner only, except for {@link #release()}, which the
 * cleaner calls when nothing refers to the memory any more.
 */
public interface Mapping {

    /** Address of the first byte. */
    long address();

    /** Number of bytes. */
    long length();

    /** Whether stores are allowed. */
    boolean isWritable();

    /** Takes the file out of this range at once and puts private zeros in its place; the range stays reserved. */
    void replaceByZeros();

    /** Gives the address range back. Called once, when no access can happen any more. */
    void release();
}
