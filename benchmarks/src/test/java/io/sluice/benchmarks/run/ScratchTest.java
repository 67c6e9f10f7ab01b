package io.sluice.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.benchmarks.peer.Peer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ScratchTest {

    @TempDir
    private Path parent;

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.toList();
        }
    }

    @Test
    void isGoneWithAllThatIsInItWhenClosed() throws IOException {
        try (Scratch scratch = Scratch.in(parent)) {
            Files.createFile(Files.createDirectory(scratch.path().resolve("in")).resolve("file"));
        }
        assertEquals(List.of(), left());
    }

    @Test
    void cannotBeMadeInWhatIsNotThere() {
        assertThrows(NoSuchFileException.class, () -> Scratch.in(parent.resolve("nowhere")));
    }

    /** Makes one directory after the other in its argument, even while this JVM ends. */
    static final class Maker {

        private Maker() {}

        public static void main(String[] arguments) throws IOException {
            for (boolean said = false; ; said = true) {
                try (Scratch scratch = Scratch.in(Path.of(arguments[0]))) {
                    Files.createFile(scratch.path().resolve("file"));
                }
                if (!said) {
                    System.out.println("making");
                }
            }
        }
    }

    @Test
    void isNotLeftByAProcessThatGoesOnMakingThemWhileItEnds() throws Exception {
        Peer maker = Peer.jvm(List.of(), Maker.class, List.of(parent.toString()));
        try (maker) {
            maker.hear("making");
            ProcessHandle.of(maker.pid()).orElseThrow().destroy();
            maker.await();
        }
        assertEquals(List.of(), left());
    }
}
