package io.sluice.stress.jcstress.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.stress.Main;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    void startsJvmsOfTheirOwn() {
        int code = run("jcstress", "--mode", "quick", "--filter", "suites.SpscPublication.OfferPoll");
        assertEquals(0, code, out.toString());
        assertTrue(out.toString().contains("9 JVMs"), out.toString());
        assertTrue(out.toString().contains("sound tests: 1, of them passed 1"), out.toString());
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
