package io.sluice.stress.jcstress.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.stress.Main;
import io.sluice.stress.command.Machine;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class JcstressCommandTest {

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        return line.execute(arguments);
    }

    @Test
    void passesEverySoundTestAndSeesEveryTwin(@TempDir Path directory) throws IOException {
        Path report = directory.resolve("report.txt");
        int code = run("jcstress", "--mode", "sanity", "--report", report.toString());
        assertEquals(0, code, out.toString());
        String text = Files.readString(report);
        long sound = Suite.matching(Pattern.compile("")).stream()
                .filter(test -> !test.isTwin())
                .count();
        assertTrue(text.contains("sound tests: " + sound + ", of them passed " + sound), text);
        assertTrue(text.contains("failed 0, in error 0, not run 0"), text);
        assertTrue(text.contains("not shown 0"), text);
        System.out.println(text.substring(text.indexOf("sound tests:")));
    }

    @Test
    void startsJvmsOfTheirOwnAndGoesOnWhereThatWasCutOff(@TempDir Path directory) throws IOException {
        Path results = directory.resolve("results.txt");
        String[] command = {
            "jcstress",
            "--mode",
            "quick",
            "--filter",
            "SpscPublication(.OfferPoll|Twins.PublishedBeforeCopied)$",
            "--results",
            results.toString()
        };
        assertEquals(0, run(command), out.toString());
        List<String> lines = Files.readAllLines(results);
        assertEquals(9, sound(lines).size(), out.toString());
        assertTrue(out.toString().contains("sound tests: 1, of them passed 1"), out.toString());
        // The last one was being written.
        List<String> kept = lines.subList(0, lines.size() - 1);
        Files.writeString(
                results, String.join("\n", kept) + "\n" + lines.get(kept.size()).substring(0, 20));
        out.getBuffer().setLength(0);
        assertEquals(0, run(command), out.toString());
        List<String> after = Files.readAllLines(results);
        assertEquals(kept, after.subList(0, kept.size()));
        assertEquals(sound(lines), sound(after));
        assertTrue(out.toString().contains("sound tests: 1, of them passed 1"), out.toString());
        assertTrue(out.toString().contains("incomplete 0"), out.toString());
    }

    /** The JVMs of sound tests, sorted: a twin may show in any of its own. */
    private static List<String> sound(List<String> lines) {
        return lines.stream()
                .map(line -> line.split("\t", 2)[0])
                .filter(key -> key.startsWith("suites."))
                .sorted()
                .toList();
    }

    static Stream<Arguments> damages() {
        return Stream.of(
                Arguments.of("a JVM\tNORMAL\t50\t1=7", "columns: expected 5 with tabs between, found '4 in a JVM"),
                Arguments.of("not of this at all", "columns: expected 5 with tabs between, found '1 in not of"),
                Arguments.of("a JVM\tGREAT\t50\t1=7\t", "status: expected one of [NORMAL, "),
                Arguments.of("a JVM\tGREAT\t50\t1=7\t", "], found 'GREAT'"),
                Arguments.of(
                        "a JVM\tNORMAL\tlong\t1=7\t", "an iteration: expected a number of 1 to 9 digits, found 'long'"),
                Arguments.of("a JVM\tNORMAL\t1234567890\t1=7\t", "1 to 9 digits, found '1234567890'"),
                Arguments.of("a JVM\tNORMAL\t50\t7\t", "outcome: expected OUTCOME=NUMBER, found '7'"),
                Arguments.of("a JVM\tNORMAL\t50\t1=7;\t", "outcome: expected OUTCOME=NUMBER, found ''"),
                Arguments.of(
                        "a JVM\tNORMAL\t50\t1=x\t", "of an outcome: expected a number of 1 to 18 digits, found 'x'"),
                Arguments.of("a JVM\tNORMAL\t50\t1=-7\t", "1 to 18 digits, found '-7'"));
    }

    @ParameterizedTest
    @MethodSource("damages")
    void refusesDamagedResults(String line, String words, @TempDir Path directory) throws IOException {
        Path results = directory.resolve("results.txt");
        String title = "jcstress, mode QUICK, " + Machine.describe();
        Files.writeString(results, title + "\na JVM\tNORMAL\t50\t1=7\t\n" + line + "\n");
        assertEquals(2, run("jcstress", "--mode", "quick", "--results", results.toString()));
        assertTrue(out.toString().contains(results + ", line 3: "), out.toString());
        assertTrue(out.toString().contains(words), out.toString());
    }

    @Test
    void refusesResultsOfAnotherMode(@TempDir Path directory) throws IOException {
        Path results = directory.resolve("results.txt");
        String title = "jcstress, mode TOUGH, " + Machine.describe();
        Files.writeString(results, title + "\n");
        assertEquals(2, run("jcstress", "--mode", "quick", "--results", results.toString()));
        assertTrue(
                out.toString().contains(results + ", line 1: title: expected 'jcstress, mode QUICK, "), out.toString());
        assertTrue(out.toString().contains("found '" + title + "'"), out.toString());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertEquals(2, run("jcstress", "--part", "3/2"));
        assertEquals(2, run("jcstress", "--mode", "sanity", "--budget", "1"));
        assertEquals(2, run("jcstress", "--filter", "nonesuch"));
        assertEquals(2, run("jcstress", "--mode", "nonesuch"));
    }

    @Test
    void listsTests() {
        assertEquals(0, run("jcstress", "--list"));
        assertTrue(out.toString().contains("suites.SpscPublication.OfferPoll"));
        assertFalse(out.toString().contains("samples"));
    }
}
