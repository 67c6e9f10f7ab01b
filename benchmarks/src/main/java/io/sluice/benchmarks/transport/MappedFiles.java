package io.sluice.benchmarks.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Files that a transport maps as a whole. */
final class MappedFiles {

    private static final int CHUNK = 1 << 20;

    private MappedFiles() {}

    /** Makes a file of real zeros. */
    static void create(Path path, long length) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            long written = 0;
            while (written < length) {
                written += file.write(ByteBuffer.allocate((int) Math.min(CHUNK, length - written)));
            }
        }
    }

    /** Maps all of a file. */
    static MappedByteBuffer map(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return file.map(FileChannel.MapMode.READ_WRITE, 0, file.size());
        }
    }
}
