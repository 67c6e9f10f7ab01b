package io.sluice.api.memory;

/** How a region's file is brought into the address space. Both modes reach the same bytes with the same code. */
public enum MappingMode {

    /** Chronicle's {@code MappedFile}; needs the JVM flags that Chronicle Bytes documents. */
    CHRONICLE,

    /** {@code mmap(2)} wrapped in a Chronicle store; needs no JVM flag. */
    STANDARD,

    /** {@link #CHRONICLE} where the JVM's flags allow it, else {@link #STANDARD}. */
    AUTO
}
