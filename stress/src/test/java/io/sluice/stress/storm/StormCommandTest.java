package io.sluice.stress.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.stress.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StormCommandTest {

    // Then some ten of them at least are inside of each target, as a rule.
    private static final int ENOUGH_KILLS = 200;

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        return line.execute(arguments);
    }

    @Test
    void accountsForEverythingWhileProcessesAreKilled(@TempDir Path directory) throws IOException {
        Path report = directory.resolve("report.txt");
        String kills = System.getProperty("sluice.kills", "200");
        int code = run("storm", "--kills", kills, "--report", report.toString());
        assertEquals(0, code, out.toString());
        String text = Files.readString(report);
        assertTrue(text.contains(" 0 findings"), text);
        System.out.println(text);
        if (Integer.parseInt(kills) >= ENOUGH_KILLS) {
            for (Target target : Targets.all()) {
                assertTrue(
                        diedInside(target, text) > 0 || diedInside(target, stormOver(target)) > 0,
                        "nobody died inside " + target.name());
            }
        }
    }

    /** The report of another storm, over this target only. */
    private String stormOver(Target target) {
        out.getBuffer().setLength(0);
        assertEquals(0, run("storm", "--kills", "100", "--target", "^" + target.name() + "$"), out.toString());
        return out.toString();
    }

    /** How many died inside of a target, according to a report. */
    static long diedInside(Target target, String report) {
        Matcher row = Pattern.compile("^" + target.name() + " +\\S+ +(\\d\\S*) ", Pattern.MULTILINE)
                .matcher(report);
        assertTrue(row.find(), report);
        return Long.parseLong(row.group(1).replaceAll("\\D", ""));
    }

    @Test
    void findsAMutexThatIsTakenFromTheLivingAndKeepsTheJournals(@TempDir Path directory) throws IOException {
        Path journals = directory.resolve("journals");
        int code = run(
                "storm",
                "--kills",
                "100",
                "--target",
                "^mutex$",
                "--mutant",
                "mutex-taken-from-paused",
                "--journals",
                journals.toString());
        assertEquals(1, code, out.toString());
        assertTrue(out.toString().contains("FINDING: "), out.toString());
        // A process may die before it has noted anything, but not all that a finding is about.
        try (Stream<Path> kept = Files.list(journals)) {
            assertTrue(kept.anyMatch(journal -> journal.toFile().length() > 0), "nothing is kept");
        }
    }

    @Test
    void findsAMessageThatIsAcknowledgedTooSoon() {
        // Somebody has to die between two accesses of a consumer: one storm in a hundred has nobody.
        int code = 0;
        for (int attempt = 0; attempt < 4 && code == 0; attempt++) {
            code = run("storm", "--kills", "100", "--target", "^spsc$", "--mutant", "acknowledged-before-handled");
        }
        assertEquals(1, code, out.toString());
        assertTrue(out.toString().contains("FINDING: "), out.toString());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertEquals(2, run("storm", "--target", "nonesuch"));
        assertEquals(2, run("storm", "--mutant", "nonesuch"));
    }

    @Test
    void refusesToKillNobody() {
        for (String none : new String[] {"0", "-1"}) {
            assertEquals(2, run("storm", "--kills", none));
            assertEquals(2, run("storm", "--minutes", none));
        }
        assertEquals(4, out.toString().lines().count(), out.toString());
        assertTrue(out.toString().contains("--minutes -1 is not above 0"), out.toString());
    }

    @Test
    void readsHowManyDiedInsideOfATarget() {
        Target target = Targets.all().get(0);
        String row = String.format("%-18s %,14d %,8d %,12d", target.name(), 1_234_567, 1_234, 12);
        assertEquals(1_234, diedInside(target, "target\n" + row + "\n"));
    }
}
