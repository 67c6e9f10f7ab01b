package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.cli.exit.ExitCode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code ls}, {@code stat}, {@code rm} and wrong use. */
class InspectionTest extends CommandTestBase {

    private Ring ring() {
        return Rings.create(RingSpec.spsc("x", 4096).withAddress(RegionAddress.of(regions(), "x")));
    }

    private String dir() {
        return "--dir=" + regions();
    }

    @Test
    void listsRingsWithTheirBacklogAsJson() throws Exception {
        try (Ring ring = ring();
                RingProducer producer = ring.producer()) {
            producer.put(new byte[100]);
            List<Object> list = JSON.std.listFrom(run(ExitCode.OK, "ls", "--json", dir()));
            assertEquals(1, list.size());
            Map<?, ?> region = (Map<?, ?>) list.get(0);
            assertEquals("x", region.get("name"));
            assertEquals("ring.spsc", region.get("kind"));
            Map<?, ?> report = (Map<?, ?>) region.get("ring");
            assertEquals(4096, report.get("capacity"));
            assertEquals(112, report.get("backlogBytes"));
            assertEquals("live", ((Map<?, ?>) ((List<?>) report.get("producers")).get(0)).get("state"));
            assertEquals("absent", ((Map<?, ?>) ((List<?>) report.get("consumers")).get(0)).get("state"));
            assertTrue(run(ExitCode.OK, "ls", dir()).contains("ring.spsc"));
        }
    }

    @Test
    void listsBrokenFilesWithTheReason() throws Exception {
        Files.write(regions().resolve("zeros"), new byte[100_000]);
        String list = run(ExitCode.OK, "ls", dir());
        assertTrue(list.contains("zeros") && list.contains("broken"), list);
        List<Object> json = JSON.std.listFrom(run(ExitCode.OK, "ls", "--json", dir()));
        assertTrue(((Map<?, ?>) json.get(0)).containsKey("broken"));
    }

    @Test
    void saysWhoIsAttached() throws Exception {
        try (Ring ring = ring();
                RingProducer producer = ring.producer()) {
            assertEquals(0, producer.backlogBytes());
            Map<String, Object> region = JSON.std.mapFrom(run(ExitCode.OK, "stat", "x", "--json", dir()));
            Map<?, ?> attachment = (Map<?, ?>) ((List<?>) region.get("attachments")).get(0);
            assertEquals(true, attachment.get("alive"));
            assertEquals((int) ProcessHandle.current().pid(), attachment.get("pid"));
            String text = run(ExitCode.OK, "stat", "x", dir());
            assertTrue(
                    text.contains(
                            "producer    live, pid " + ProcessHandle.current().pid()),
                    text);
        }
    }

    @Test
    void lookingChangesNothing() throws Exception {
        try (Ring ring = ring()) {
            String before = run(ExitCode.OK, "stat", "x", "--json", dir());
            assertEquals(before, run(ExitCode.OK, "stat", "x", "--json", dir()));
            assertFalse(ring.region().stat().destroyed());
        }
    }

    @Test
    void removesRegionsAndNothingElse() throws Exception {
        ring().close();
        Files.write(regions().resolve("mine"), new byte[100_000]);
        run(ExitCode.FAILURE, "rm", "x", "mine", "missing", dir());
        assertEquals(2, lastErrors().lines().count(), lastErrors());
        assertEquals(List.of("mine"), regionNames());
    }

    @Test
    void leavesAnEmptyDirectoryAfterTheLastRegion() throws Exception {
        SluiceProcess sender = send(SluiceProcess.nothing(), "--timeout", "100ms");
        assertEquals(ExitCode.TIMEOUT, sender.awaitExit());
        try (var list = Files.list(regions())) {
            assertEquals(List.of(), list.toList());
        }
    }

    @Test
    void answersWrongUseWithOneLineAndTwo() throws Exception {
        List<List<String>> wrong = List.of(
                List.of(),
                List.of("nonsense"),
                List.of("send"),
                List.of("send", "../x"),
                List.of("send", "x", "--capacity", "5000"),
                List.of("receive", "x", "--wait", "forever"),
                List.of("ls", "--nonsense"),
                List.of("demo", "--size", "0"));
        for (List<String> arguments : wrong) {
            assertEquals("", run(ExitCode.USAGE, arguments.toArray(String[]::new)));
            assertOneLine(lastErrors());
        }
    }

    @Test
    void answersFailuresWithOneLineAndOne() throws Exception {
        for (List<String> arguments : List.of(
                List.of("stat", "missing", dir()),
                List.of("send", "x", "/does/not/exist", dir()),
                List.of("send", "x", "/", dir()))) {
            run(ExitCode.FAILURE, arguments.toArray(String[]::new));
            assertOneLine(lastErrors());
        }
    }

    @Test
    void explainsItselfWithExitCodes() throws Exception {
        for (String command : List.of("send", "receive", "ls", "stat", "rm", "demo")) {
            assertTrue(run(ExitCode.OK, command, "--help").contains("Exit codes:"), command);
        }
    }
}
