package io.sluice.api.memory;

import io.sluice.api.os.Mmap;
import io.sluice.api.os.NativeCallException;
import java.io.File;
import java.io.IOException;
import net.openhft.chronicle.bytes.MappedBytesStore;
import net.openhft.chronicle.bytes.MappedFile;
import net.openhft.chronicle.core.io.IORuntimeException;
import net.openhft.chronicle.core.io.ReferenceOwner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps files in either {@link MappingMode}. Any thread. */
public final class Mappings {

    private static final Logger LOG = LoggerFactory.getLogger(Mappings.class);
    private static final String CHRONICLE_FLAGS =
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED" + " --add-exports=java.base/sun.nio.ch=ALL-UNNAMED";
    private static final boolean CHRONICLE_WORKS = probeChronicle();

    private Mappings() {}

    /** Whether this JVM was started with the flags that {@link MappingMode#CHRONICLE} needs. */
    public static boolean chronicleWorks() {
        return CHRONICLE_WORKS;
    }

    /**
     * Maps the first {@code length} bytes of an open file, which must have them.
     *
     * @param fd open file descriptor, readable, and writable unless {@code writable} is false; may be closed afterwards
     * @param length bytes to map, a multiple of the page size
     * @throws IOException if the system refuses, or {@link MappingMode#CHRONICLE} is asked for without the JVM's flags
     */
    public static Mapping map(MappingMode mode, int fd, long length, boolean writable) throws IOException {
        boolean chronicle =
                switch (mode) {
                    case CHRONICLE -> true;
                    case STANDARD -> false;
                    case AUTO -> CHRONICLE_WORKS;
                };
        if (chronicle && !CHRONICLE_WORKS) {
            throw new IOException("mapping " + mode + " needs a JVM started with " + CHRONICLE_FLAGS
                    + "; without them use STANDARD or AUTO");
        }
        try {
            return chronicle ? new ChronicleMapping(fd, length, writable) : new StandardMapping(fd, length, writable);
        } catch (NativeCallException | IllegalStateException | IORuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static boolean probeChronicle() {
        // Chronicle maps through private methods of the JDK; without the flags the first map throws, sometimes an
        // Error from a static initializer. Ask for the access itself instead of provoking that.
        Module base = Object.class.getModule();
        Module ours = MappedFile.class.getModule();
        return base.isOpen("java.lang.reflect", ours) && base.isExported("sun.nio.ch", ours);
    }

    /** {@code mmap(2)} through JNA. */
    private static final class StandardMapping implements Mapping {

        private final long address;
        private final long length;
        private final boolean writable;

        StandardMapping(int fd, long length, boolean writable) {
            this.address = Mmap.map(fd, length, writable);
            this.length = length;
            this.writable = writable;
        }

        @Override
        public long address() {
            return address;
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public void replaceByZeros() {
            Mmap.replaceWithAnonymous(address, length);
        }

        @Override
        public void release() {
            Mmap.unmap(address, length);
        }
    }

    /** Chronicle's mapped file, reduced to the one store that covers it. */
    private static final class ChronicleMapping implements Mapping {

        private final ReferenceOwner owner = ReferenceOwner.temporary("sluice");
        private final MappedBytesStore store;
        private final long length;
        private final boolean writable;

        ChronicleMapping(int fd, long length, boolean writable) throws IOException {
            // The path of our own descriptor: the very file that was checked, whatever its name means by now.
            File file = new File("/proc/self/fd/" + fd);
            MappedFile mapped = MappedFile.mappedFile(file, length, 0, !writable);
            try {
                store = mapped.acquireByteStore(owner, 0);
            } finally {
                // The store keeps its own reference; the file handle is not needed any more.
                mapped.releaseLast();
            }
            if (store.realCapacity() < length) {
                long found = store.realCapacity();
                store.release(owner);
                throw new IOException("Chronicle mapped " + found + " bytes where " + length + " were asked for");
            }
            this.length = length;
            this.writable = writable;
        }

        @Override
        public long address() {
            return store.addressForRead(0);
        }

        @Override
        public long length() {
            return length;
        }

        @Override
        public boolean isWritable() {
            return writable;
        }

        @Override
        public void replaceByZeros() {
            Mmap.replaceWithAnonymous(address(), length);
        }

        @Override
        public void release() {
            try {
                store.release(owner);
            } catch (RuntimeException e) {
                // On the cleaner's thread nobody could catch it; the range stays reserved until the process ends.
                LOG.warn("a mapping of {} bytes could not be given back", length, e);
            }
        }
    }
}
