package io.sluice.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

    @Test
    void writesRowsRatiosAndSettingsAsJson(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("results.json");
        int code = Main.execute(
                "--forks=2",
                "--measures=throughput",
                "--transports=sluice-spsc,agrona",
                "--sizes=32",
                "--warmup=0.5",
                "--time=0.5",
                "--json=" + json);
        assertEquals(0, code);
        Map<String, Object> report = JSON.std.mapFrom(Files.readString(json));
        List<?> rows = (List<?>) report.get("rows");
        assertEquals(2, rows.size());
        Map<?, ?> first = (Map<?, ?>) rows.get(0);
        assertEquals("sluice-spsc", first.get("transport"));
        assertEquals(2, ((List<?>) first.get("forks")).size());
        assertEquals(1, ((List<?>) report.get("ratios")).size());
        Map<?, ?> versions = (Map<?, ?>) report.get("versions");
        assertEquals("2.6.0", versions.get("agrona"));
        assertEquals(2, ((Map<?, ?>) report.get("settings")).get("forks"));
    }

    @Test
    void handsArgumentsToJmh() {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            assertEquals(0, Main.execute("jmh", "-l", "TwoProcesses"));
        } finally {
            System.setOut(before);
        }
        String text = said.toString(StandardCharsets.UTF_8);
        assertTrue(text.contains("TwoProcesses.roundTrip"), text);
        assertFalse(text.contains("SpscOfferPoll"), text);
    }

    @Test
    void refusesWhatItCannotMeasure() {
        assertEquals(2, Main.execute("--transports=pigeon"));
        assertEquals(2, Main.execute("--sizes=33"));
        assertEquals(2, Main.execute("--forks=0"));
        assertEquals(2, Main.execute("--measures=weight"));
    }
}
