package io.sluice.api.os;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** The bytes of a path as the kernel gets them: the ones that {@code java.nio.file} itself would pass. */
final class NativePath {

    private static final Charset FILE_NAMES =
            Charset.forName(System.getProperty("sun.jnu.encoding", StandardCharsets.UTF_8.name()));

    private NativePath() {}

    /** Returns the encoded path with the zero byte that ends it. */
    static byte[] of(Path path) {
        byte[] name = path.toString().getBytes(FILE_NAMES);
        return Arrays.copyOf(name, name.length + 1);
    }
}
