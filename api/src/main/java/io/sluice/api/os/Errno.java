package io.sluice.api.os;

/** Error numbers of Linux, the same on x86-64 and aarch64, as {@link NativeCallException#errno()} reports them. */
public final class Errno {

    /** Operation not permitted. */
    public static final int EPERM = 1;
    /** No such file or directory. */
    public static final int ENOENT = 2;
    /** A signal arrived before anything happened. */
    public static final int EINTR = 4;
    /** Try again: a lock is held by another, or a futex word has another value than expected. */
    public static final int EAGAIN = 11;
    /** Not enough memory, or too many mappings. */
    public static final int ENOMEM = 12;
    /** No permission. */
    public static final int EACCES = 13;
    /** Not a usable address. */
    public static final int EFAULT = 14;
    /** The name exists already. */
    public static final int EEXIST = 17;
    /** A directory where a file is needed. */
    public static final int EISDIR = 21;
    /** Invalid argument. */
    public static final int EINVAL = 22;
    /** Too many open files in this process. */
    public static final int EMFILE = 24;
    /** The file is larger than the file system allows. */
    public static final int EFBIG = 27;
    /** No space left on the device. */
    public static final int ENOSPC = 28;
    /** The file system is read-only. */
    public static final int EROFS = 30;
    /** The name is too long. */
    public static final int ENAMETOOLONG = 36;
    /** The kernel does not know this call. */
    public static final int ENOSYS = 38;
    /** A symbolic link where none is allowed, or a loop of them. */
    public static final int ELOOP = 40;
    /** The time is up. */
    public static final int ETIMEDOUT = 110;

    private Errno() {}
}
