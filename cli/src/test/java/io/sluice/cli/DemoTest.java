package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.exit.ExitCode;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code demo} with few messages. */
class DemoTest extends CommandTestBase {

    @Test
    void comparesAllTransportsAndLeavesNothingBehind() throws Exception {
        String output = run(
                ExitCode.OK,
                "demo",
                "--messages",
                "20000",
                "--size",
                "100",
                "--dir",
                regions().toString());
        for (String label : List.of("ring, spinning", "ring, blocking", "FIFO", "UNIX socket")) {
            assertTrue(output.contains(label), output);
        }
        assertEquals("", lastErrors());
        assertEquals(List.of(), regionNames());
    }
}
