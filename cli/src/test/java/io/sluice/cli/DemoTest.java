package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.exit.ExitCode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

/** {@code demo} with few messages. */
class DemoTest extends CommandTestBase {

    @Test
    void streamsTheFileThatItIsGiven() throws Exception {
        Path file = randomFile(1000);
        byte[] input = Files.readAllBytes(file);
        int messages = 12_345;
        int size = 48;
        String output = run(
                ExitCode.OK,
                "demo",
                "--messages",
                String.valueOf(messages),
                "--size",
                String.valueOf(size),
                "--input",
                file.toString(),
                "--dir",
                regions().toString());
        CRC32C expected = new CRC32C();
        for (int at = 0; at < messages * size; at += input.length) {
            expected.update(input, 0, Math.min(input.length, messages * size - at));
        }
        assertTrue(output.contains(String.format("%08x", expected.getValue())), output);
    }

    @Test
    void saysThatThereIsNothingToStream() throws Exception {
        Path empty = Files.createFile(file("empty"));
        run(
                ExitCode.FAILURE,
                "demo",
                "--input",
                empty.toString(),
                "--dir",
                regions().toString());
        assertTrue(lastErrors().contains("is empty"), lastErrors());
        run(
                ExitCode.USAGE,
                "demo",
                "--input",
                empty + "-not",
                "--dir",
                regions().toString());
        assertTrue(lastErrors().contains("cannot read a file"), lastErrors());
        assertEquals(List.of(), regionNames());
    }

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
