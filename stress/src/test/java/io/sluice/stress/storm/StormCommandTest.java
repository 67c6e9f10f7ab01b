package io.sluice.stress.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.stress.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class StormCommandTest {

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
    }

    @Test
    void findsAMutexThatIsTakenFromTheLiving() {
        int code = run("storm", "--kills", "100", "--target", "^mutex$", "--mutant", "mutex-taken-from-paused");
        assertEquals(1, code, out.toString());
        assertTrue(out.toString().contains("FINDING: "), out.toString());
    }

    @Test
    void findsAMessageThatIsAcknowledgedTooSoon() {
        int code = run("storm", "--kills", "100", "--target", "^spsc$", "--mutant", "acknowledged-before-handled");
        assertEquals(1, code, out.toString());
        assertTrue(out.toString().contains("FINDING: "), out.toString());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertEquals(2, run("storm", "--target", "nonesuch"));
        assertEquals(2, run("storm", "--mutant", "nonesuch"));
        assertEquals(2, run("storm", "--kills", "0"));
    }
}
