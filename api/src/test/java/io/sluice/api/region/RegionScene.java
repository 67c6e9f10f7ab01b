package io.sluice.api.region;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.identity.ProcessIdentity;
import io.sluice.api.memory.MappingMode;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

/** A fresh region directory and the child processes that share it; all gone after the test. */
@Timeout(value = 120, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
abstract class RegionScene {

    static final String KIND = "test";
    static final RegionSpec SPEC = RegionSpec.of(KIND, 64 * 1024, 7L, 8L);
    static final RegionOptions OPTIONS = RegionOptions.DEFAULT;
    static final RegionOptions LAST = OPTIONS.withDestroyOnLastDetach(true);
    static final RegionOptions READ_ONLY = OPTIONS.withReadOnly(true);

    /** First word that is a test's own. */
    static final long WORD = RegionHeaderLayout.BODY;

    private final List<ChildJvm> children = new ArrayList<>();
    private TestDirectory directory;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = TestDirectory.create();
    }

    @AfterEach
    void endEverything() throws IOException {
        children.forEach(ChildJvm::close);
        if (Files.isDirectory(directory())) {
            ProcessIdentity.in(directory()).close();
        }
        directory.close();
    }

    Path directory() {
        return directory.path();
    }

    RegionAddress address(String name) {
        return RegionAddress.of(directory(), name);
    }

    Region create(String name) {
        return Regions.create(address(name), SPEC, OPTIONS);
    }

    Region open(String name) {
        return Regions.open(address(name), KIND, OPTIONS);
    }

    RegionInfo stat(String name) {
        return Regions.stat(address(name), false);
    }

    boolean exists(String name) {
        return Files.exists(address(name).path());
    }

    /** A child that obeys, see {@link RegionChild}; ready when it has said so. */
    ChildJvm child() {
        return childUnder(List.of());
    }

    ChildJvm childUnder(List<String> prefix, String... jvmArguments) {
        ChildJvm child = ChildJvm.startUnder(
                prefix, List.of(jvmArguments), RegionChild.class, directory().toString());
        children.add(child);
        child.awaitLine("ready");
        return child;
    }

    /** Names of everything in the directory but the participants file, sorted. */
    List<String> files() throws IOException {
        try (Stream<Path> entries = Files.list(directory())) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> !name.equals(".participants"))
                    .sorted()
                    .toList();
        }
    }

    /** Asserts that {@code use} is refused with an exception that names the region's file and all of {@code words}. */
    <T extends RegionException> T assertRefused(Class<T> type, String name, Executable use, String... words) {
        T refused = assertThrows(type, use);
        assertTrue(refused.file().startsWith(directory()), refused::toString);
        assertTrue(refused.getMessage().contains(address(name).path().toString()), refused::getMessage);
        for (String word : words) {
            assertTrue(refused.getMessage().contains(word), refused::getMessage);
        }
        return refused;
    }

    /** How many mappings of files of the directory this process has. */
    long mappings() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.contains(directory().toString()))
                .count();
    }

    static boolean chronicle() {
        return System.getProperty("sluice.test.mode", "")
                .equals(MappingMode.CHRONICLE.name().toLowerCase(Locale.ROOT));
    }

    static boolean isRoot() {
        return RegionFile.ownUserId() == 0;
    }
}
