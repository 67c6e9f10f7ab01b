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
    void refusesWhatItDoesNotKnow() {
        assertEquals(2, run("explore", "--scenario", "nonesuch"));
        assertEquals(2, run("explore", "--replay", "nonesuch/TSO/"));
        assertEquals(2, run("explore", "--model", "nonesuch"));
    }

    @Test
    void listsScenarios() {
        assertEquals(0, run("explore", "--list"));
        assertTrue(out.toString().contains("spsc.offer-poll"));
    }
}
