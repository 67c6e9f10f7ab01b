package io.sluice.api.memory;

import io.sluice.api.os.NativeFile;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.testing.TestLiveness;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A file of zeros that tests map; gone when closed. */
final class MappedFileScene implements AutoCloseable {

    private final TestDirectory directory = TestDirectory.create();
    private final TestLiveness liveness = new TestLiveness();
    private final NativeFile file;
    private final long size;

    MappedFileScene(long size) throws IOException {
        this.size = size;
        this.file = NativeFile.open(
                directory.path().resolve("file"),
                NativeFile.READ_WRITE | NativeFile.CREATE | NativeFile.EXCLUSIVE,
                0600);
        file.allocate(size);
    }

    /** The ways to map that this JVM's flags allow. */
    static List<MappingMode> modes() {
        return Mappings.chronicleWorks()
                ? List.of(MappingMode.CHRONICLE, MappingMode.STANDARD)
                : List.of(MappingMode.STANDARD);
    }

    Path path() {
        return file.path();
    }

    MappedRegionMemory map(MappingMode mode, boolean writable) throws IOException {
        return MappedRegionMemory.over(
                path().toString(), Mappings.map(mode, file.fd(), size, writable), liveness.of(liveness.start()));
    }

    @Override
    public void close() throws IOException {
        file.close();
        directory.close();
    }
}
