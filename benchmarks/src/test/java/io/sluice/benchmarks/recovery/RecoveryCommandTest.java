package io.sluice.benchmarks.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class RecoveryCommandTest {

    private static int execute(String... arguments) {
        return new CommandLine(new RecoveryCommand()).execute(arguments);
    }

    /** Every kind of lock and ring: one process is really killed, and the other one really goes on. */
    @Test
    void takesTheTimeOfEveryKind(@TempDir Path directory) throws Exception {
        Path json = directory.resolve("recovery.json");
        int code = execute(
                "--kills=1", "--warmup=0", "--batch=1", "--resident=1", "--directory=" + directory, "--json=" + json);
        assertEquals(0, code);
        Map<?, ?> report = (Map<?, ?>) JSON.std.mapFrom(Files.readString(json)).get("recovery");
        List<?> rows = (List<?>) report.get("rows");
        assertEquals(1 + Situation.all().size(), rows.size());
        for (Object row : rows) {
            List<?> times = (List<?>) ((Map<?, ?>) row).get("millis");
            assertEquals(1, times.size());
            assertTrue(((Number) times.get(0)).doubleValue() > 0, row.toString());
        }
    }

    @Test
    void refusesWhatItCannotMeasure() {
        assertEquals(2, execute("--kinds=pigeon"));
        assertEquals(2, execute("--kills=0"));
        assertEquals(2, execute("--strategy=hope"));
    }
}
