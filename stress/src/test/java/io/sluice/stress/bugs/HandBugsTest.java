package io.sluice.stress.bugs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The bugs that are put back by hand still fit production's sources: {@code stress/hand-bugs/run} can apply them. */
class HandBugsTest {

    /** The directory of the module, where its tests run. */
    private static final Path MODULE = Path.of("").toAbsolutePath();

    static List<Path> patches() throws IOException {
        try (Stream<Path> files = Files.list(MODULE.resolve("hand-bugs"))) {
            return files.filter(file -> file.toString().endsWith(".patch"))
                    .sorted()
                    .toList();
        }
    }

    @BeforeAll
    static void needsPatch() throws InterruptedException {
        boolean installed;
        try {
            installed = run("patch", "--version").code() == 0;
        } catch (IOException e) {
            installed = false;
        }
        assumeTrue(installed, "patch(1) is not installed: whether the bugs still fit is not looked at");
    }

    @ParameterizedTest
    @MethodSource("patches")
    void fitsTheSourcesAndNamesItsChecks(Path patch) throws IOException, InterruptedException {
        // Forced: it asks nothing, and takes no patch for one that is to be undone.
        Result result = run(
                "patch", "--dry-run", "--force", "-p1", "-d", MODULE.getParent().toString(), "-i", patch.toString());
        assertEquals(0, result.code(), result.output());
        List<String> lines = Files.readAllLines(patch);
        assertFalse(lines.get(0).isBlank(), "the first line says what is wrong");
        assertTrue(lines.stream().anyMatch(line -> line.startsWith("caught-by: ")), "nothing is to find it");
    }

    private record Result(int code, String output) {}

    private static Result run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
