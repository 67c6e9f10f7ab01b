package io.sluice.stress.jcstress.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jcstress.infra.Status;
import org.openjdk.jcstress.infra.collectors.TestResult;

/** The file that a run which was cut off is continued from, whole, cut off, and of somebody else. */
class ResultsTest {

    private static final String TITLE = "all of it, on this machine";

    private static final Job JOB = new Job(
            Suite.matching(Pattern.compile("SpscPublication.OfferPoll$")).get(0), 0, List.of(), 0, null, 0);

    private Path file;

    @BeforeEach
    void name(@TempDir Path directory) {
        file = directory.resolve("results.txt");
    }

    private static String line(String message) {
        TestResult result = new TestResult(Status.NORMAL);
        result.addState("1", 7);
        result.addState("-9, 0", 3);
        result.addMessage(message);
        return new Kept(JOB.key(), result, Duration.ofMillis(50)).line();
    }

    private void refuses(byte[] contents, String words) throws IOException {
        Files.write(file, contents);
        assertEquals(
                file + words,
                assertThrows(IllegalArgumentException.class, () -> Results.in(file, TITLE))
                        .getMessage());
        assertArrayEquals(contents, Files.readAllBytes(file));
    }

    @Test
    void hasWhatWasWritten() throws IOException {
        Files.writeString(file, TITLE + "\n" + line("two\nlines\tof it") + "\n");
        Kept kept = Results.in(file, TITLE).of(JOB);
        assertEquals(Duration.ofMillis(50), kept.iteration());
        assertEquals(Status.NORMAL, kept.result().status());
        assertEquals(7, kept.result().getCount("1"));
        assertEquals(3, kept.result().getCount("-9, 0"));
        assertEquals(List.of("two lines of it"), List.copyOf(kept.result().getMessages()));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 10})
    void beginsAnewWhereTheTitleWasCutOff(int length) throws IOException {
        Files.writeString(file, TITLE.substring(0, length));
        Results.in(file, TITLE);
        assertEquals(TITLE + "\n", Files.readString(file));
    }

    @Test
    void forgetsALineThatWasCutOffWherever() throws IOException {
        String whole = TITLE + "\n" + line("whole") + "\n";
        byte[] more = (line("f\u00fcr \u20ac 5") + "\n").getBytes(UTF_8);
        for (int length = 0; length < more.length; length++) {
            Files.writeString(file, whole);
            Files.write(file, Arrays.copyOf(more, length), StandardOpenOption.APPEND);
            assertNotNull(Results.in(file, TITLE).of(JOB));
            assertEquals(whole, Files.readString(file), "cut off after " + length + " bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"all of it, on another machine", "", "a"})
    void refusesResultsOfSomethingElse(String title) throws IOException {
        refuses(
                (title + "\n" + line("") + "\n").getBytes(UTF_8),
                ", line 1: title: expected '" + TITLE + "', found '" + title + "'");
    }

    @Test
    void refusesAFileWithoutLines() throws IOException {
        refuses("something else".getBytes(UTF_8), ", line 1: title: expected '" + TITLE + "', found ''");
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        refuses(new byte[] {(byte) 0xff, 0, '\n'}, ": expected text in UTF-8, found other bytes");
    }
}
