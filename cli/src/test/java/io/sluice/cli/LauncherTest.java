package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The shell script in a project of nothing, with a Maven and a Java that only note that they were called. */
@Timeout(120)
class LauncherTest {

    private static final List<String> TOOLS = List.of(
            "sh",
            "cat",
            "chmod",
            "cp",
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "head",
            "id",
            "ln",
            "ls",
            "mkdir",
            "mktemp",
            "mv",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "touch",
            "tr",
            "uname");

    private Path root;
    private Path tools;

    @BeforeEach
    void makeProject() throws IOException {
        root = Files.createTempDirectory("sluice-launcher-");
        Files.copy(Path.of("..", "sluice").toRealPath(), root.resolve("sluice"));
        makeExecutable(root.resolve("sluice"));
        for (String module : List.of("api", "ringbuffer", "locks", "cli")) {
            Files.createDirectories(root.resolve(module + "/src/main"));
            Files.createFile(root.resolve(module + "/pom.xml"));
        }
        Files.createFile(root.resolve("pom.xml"));
        tools = Files.createDirectory(root.resolve("tools"));
        script(
                tools.resolve("mvn"),
                "echo built >>'" + root + "/builds'; sleep 0.3; mkdir -p '" + root + "/cli/target'; echo jar >'" + root
                        + "/cli/target/sluice.jar'");
        Path java = Files.createDirectories(root.resolve("jdk/bin")).resolve("java");
        script(java, "case \"$*\" in *the-command*) echo ran;; esac");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    private static void script(Path file, String text) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        makeExecutable(file);
    }

    private static void makeExecutable(Path file) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void removeProject() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> walk = Files.walk(root)) {
            deepestFirst = walk.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.deleteIfExists(path);
        }
    }

    private void provideTools(boolean withFlock) throws IOException {
        for (String tool : TOOLS) {
            Path found = Stream.of("/bin", "/usr/bin")
                    .map(place -> Path.of(place, tool))
                    .filter(Files::exists)
                    .findFirst()
                    .orElse(null);
            if (found != null && (withFlock || !tool.equals("flock"))) {
                Files.createSymbolicLink(tools.resolve(tool), found);
            }
        }
    }

    private Process start() throws IOException {
        ProcessBuilder command = new ProcessBuilder(root.resolve("sluice").toString(), "the-command");
        command.environment().put("PATH", tools.toString());
        command.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        return command.redirectErrorStream(true)
                .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }

    private static String outputOf(Process process) throws IOException, InterruptedException {
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        return output;
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(root.resolve("builds"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void buildsOnceHoweverManyStartAtATime(boolean withFlock) throws Exception {
        provideTools(withFlock);
        List<Process> several = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            several.add(start());
        }
        for (Process one : several) {
            assertEquals("ran\n", outputOf(one));
        }
        assertEquals(List.of("built"), builds());
        assertFalse(Files.exists(root.resolve("target/sluice/lock.pid"), LinkOption.NOFOLLOW_LINKS));
        assertEquals("ran\n", outputOf(start()));
        assertEquals(List.of("built"), builds());
    }

    @Test
    void buildsAgainWhatIsOlderThanASourceFile() throws Exception {
        provideTools(true);
        Path source = Files.createFile(root.resolve("api/src/main/Source.java"));
        assertEquals("ran\n", outputOf(start()));
        assertEquals(List.of("built"), builds());
        // Older than the next build, which takes longer than that.
        FileTime built = Files.getLastModifiedTime(root.resolve("target/sluice/sluice.jar"));
        Files.setLastModifiedTime(source, FileTime.from(built.toInstant().plusMillis(10)));
        assertEquals("ran\n", outputOf(start()));
        assertEquals("ran\n", outputOf(start()));
        assertEquals(List.of("built", "built"), builds());
    }

    @ParameterizedTest
    @CsvSource({"17.0.1, false", "25, true"})
    void givesJavaTheFlagsThatItsVersionNeeds(String version, boolean asksForMore) throws Exception {
        provideTools(true);
        Path given = root.resolve("given");
        script(root.resolve("jdk/bin/java"), "case \"$*\" in *the-command*) echo \"$*\" >'" + given + "';; esac");
        Files.writeString(root.resolve("jdk/release"), "JAVA_VERSION=\"" + version + "\"\n");
        assertEquals("", outputOf(start()));
        List<String> words = List.of(Files.readString(given).strip().split(" ", -1));
        assertTrue(words.contains("--add-opens=java.base/java.lang.reflect=ALL-UNNAMED"), words::toString);
        for (String flag : List.of("--sun-misc-unsafe-memory-access=allow", "--enable-native-access=ALL-UNNAMED")) {
            assertEquals(asksForMore, words.contains(flag), words::toString);
        }
        assertEquals("the-command", words.get(words.size() - 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void goesOnWhenTheOneThatBuiltWasKilled(boolean withFlock) throws Exception {
        provideTools(withFlock);
        Process dead = new ProcessBuilder("true").start();
        dead.waitFor();
        Files.createDirectories(root.resolve("target/sluice"));
        Files.createSymbolicLink(root.resolve("target/sluice/lock.pid"), Path.of("pid-" + dead.pid()));
        assertEquals("ran\n", outputOf(start()));
        assertEquals(List.of("built"), builds());
    }

    @Test
    void givesTheNumbersOfClosedStreamsToNoFile() throws Exception {
        provideTools(true);
        String streams = root.resolve("streams").toString();
        script(
                root.resolve("jdk/bin/java"),
                "case \"$*\" in *the-command*) streams=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2);"
                        + " cat || streams=\"$streams unreadable\"; echo $streams >'" + streams + "'; esac");
        ProcessBuilder command = new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" the-command <&- >&- 2>&-",
                root.resolve("sluice").toString());
        command.environment().put("PATH", tools.toString());
        command.environment().put("JAVA_HOME", root.resolve("jdk").toString());
        outputOf(command.start());
        assertEquals("/dev/null /dev/null /dev/null unreadable\n", Files.readString(root.resolve("streams")));
    }
}
