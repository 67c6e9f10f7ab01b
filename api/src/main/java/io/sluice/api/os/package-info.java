/**
 * The few system calls that the standard library does not offer: futex, membarrier, open-file-description locks,
 * {@code mmap} and preallocation.
 *
 * <p>This is the only package that uses JNA, by direct mapping. It supports Linux on x86-64 and aarch64; on other
 * systems its classes load, {@link io.sluice.api.os.NativeLinux#isSupported()} is {@code false}, and every call throws
 * {@link java.lang.UnsupportedOperationException} naming the system. Calls that fail throw
 * {@link io.sluice.api.os.NativeCallException} with the call, the error number and the file.
 */
package io.sluice.api.os;
