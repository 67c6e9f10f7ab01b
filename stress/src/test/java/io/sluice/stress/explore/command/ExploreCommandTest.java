package io.sluice.stress.explore.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.stress.Main;
import io.sluice.stress.explore.mutants.Mutants;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ExploreCommandTest {

    private final StringWriter out = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Main.commandLine();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(out));
        return line.execute(arguments);
    }

    @Test
    void reportsWhatItRan(@TempDir Path directory) throws IOException {
        Path report = directory.resolve("report.txt");
        int code = run("explore", "--scenario", "spsc.stage", "--preemptions", "1", "--report", report.toString());
        assertEquals(0, code, out.toString());
        String text = Files.readString(report);
        assertTrue(text.contains("spsc.stage"), text);
        assertTrue(text.contains("exhaustive"), text);
        assertTrue(text.contains("0 findings"), text);
    }

    @Test
    void replaysTheFindingOfAMutant() {
        String schedule =
                Mutants.named("no-wake").hunt(1_000).finding().orElseThrow().schedule();
        assertEquals(1, run("explore", "--mutant", "no-wake", "--replay", schedule), out.toString());
        assertTrue(out.toString().contains("lost wake-up"), out.toString());
        assertEquals(0, run("explore", "--replay", "spsc.take/TSO/0>b"), out.toString());
    }

    @Test
    void huntsTheMutantsOfChosenScenarios(@TempDir Path directory) throws IOException {
        Path report = directory.resolve("report.txt");
        int code = run("explore", "--mutants", "--scenario", "^spsc.full$", "--report", report.toString());
        assertEquals(0, code, out.toString());
        String text = Files.readString(report);
        assertTrue(text.contains("no-bound"), text);
        assertTrue(text.contains("1 of 1 explorations done"), text);
        assertTrue(text.contains("0 surviving mutants"), text);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertRefused("--scenario", "nonesuch");
        assertRefused("--mutants", "--scenario", "nonesuch");
        assertRefused("--replay", "nonesuch/TSO/");
        assertRefused("--model", "nonesuch");
        assertRefused("--mutant", "nonesuch", "--replay", "spsc.take/TSO/0>b");
    }

    @Test
    void refusesSchedulesThatCannotBeFollowed() {
        assertRefused("--replay", "");
        assertRefused("--replay", "spsc.take");
        assertRefused("--replay", "spsc.take/TSO/b");
        assertRefused("--replay", "spsc.take/TSO/0>z");
        assertRefused("--replay", "spsc.take/nonesuch/0>b");
        assertRefused("--replay", "spsc.take/TSO/99999999999>b");
        assertRefused("--replay", "spsc.take/TSO/199999>b");
        assertRefused("--mutant", "no-wake", "--replay", "spsc.take");
        assertRefused("--mutant", "no-wake", "--replay", "spsc.take/SC/0>h");
        assertRefused("--mutant", "no-wake", "--replay", "spsc.put/SC/0>b");
        assertRefused("--mutant", "no-wake");
    }

    @Test
    void refusesBoundsThatLeaveNothingToRun() {
        assertRefused("--scenario", "^mutex.two$", "--preemptions", "-1");
        assertRefused("--scenario", "^mutex.two$", "--delays", "-1");
        assertRefused("--scenario", "^mutex.two$", "--max", "0");
        assertRefused("--scenario", "^mutex.two$", "--seed", "1", "--max", "0");
        assertRefused("--mutants", "--max", "-1");
    }

    /** Wrong use: one line that says so, and another exit code than for a finding. */
    private void assertRefused(String... options) {
        out.getBuffer().setLength(0);
        String[] arguments = new String[options.length + 1];
        arguments[0] = "explore";
        System.arraycopy(options, 0, arguments, 1, options.length);
        int code = run(arguments);
        assertEquals(2, code, out.toString());
        assertEquals(1, out.toString().lines().count(), out.toString());
    }

    @Test
    void listsScenarios() {
        assertEquals(0, run("explore", "--list"));
        assertTrue(out.toString().contains("spsc.offer-poll"));
    }
}
