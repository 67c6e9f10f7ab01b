package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sluice.api.lock.EventCount;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedMutex;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.cli.exit.ExitCode;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.worker.ErrorPolicy;
import io.sluice.ringbuffer.worker.Worker;
import io.sluice.ringbuffer.worker.WorkerFigures;
import io.sluice.ringbuffer.worker.WorkerHandler;
import io.sluice.ringbuffer.worker.WorkerSpec;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

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

    private RingSpec spec(RingKind kind) {
        return RingSpec.of(kind, "x", 4096).withAddress(RegionAddress.of(regions(), "x"));
    }

    private static List<?> list(Map<?, ?> object, String field) {
        return (List<?>) object.get(field);
    }

    private static Map<?, ?> entry(Map<?, ?> object, String field, int index) {
        return (Map<?, ?>) list(object, field).get(index);
    }

    private Map<?, ?> ringAsJson() throws Exception {
        return (Map<?, ?>)
                JSON.std.mapFrom(run(ExitCode.OK, "stat", "x", "--json", dir())).get("ring");
    }

    @ParameterizedTest
    @EnumSource(names = {"MPSC", "MPMC"})
    void saysWhoProducesAndWhatWaitsInEachLane(RingKind kind) throws Exception {
        try (Ring ring = Rings.create(spec(kind));
                RingProducer first = ring.producer();
                RingProducer second = ring.producer();
                RingConsumer consumer = ring.consumer()) {
            first.put(new byte[100]);
            second.put(new byte[100]);
            second.put(new byte[100]);
            Map<?, ?> report = ringAsJson();
            assertEquals(336, report.get("backlogBytes"));
            assertEquals(16, list(report, "producers").size());
            assertEquals(112, entry(report, "producers", 0).get("backlogBytes"));
            assertEquals(224, entry(report, "producers", 1).get("backlogBytes"));
            assertEquals("live", entry(report, "producers", 1).get("state"));
            assertEquals("absent", entry(report, "producers", 2).get("state"));
            assertEquals("live", entry(report, "consumers", 0).get("state"));
            second.leave();
            String text = run(ExitCode.OK, "stat", "x", dir());
            long pid = ProcessHandle.current().pid();
            assertTrue(text.contains("producer    place 0, live, pid " + pid), text);
            assertTrue(text.contains("producer    place 1, absent, backlog 224 bytes"), text);
            assertTrue(text.contains("producer    14 of 16 places free"), text);
            String place = kind == RingKind.MPSC ? "" : "place 0, ";
            assertTrue(text.contains("consumer    " + place + "live, pid " + pid), text);
            assertEquals(PeerState.LIVE, consumer.producerState());
        }
    }

    @Test
    void saysHowFarEachConsumerOfABroadcastRingHasCome() throws Exception {
        try (Ring ring = Rings.create(spec(RingKind.BROADCAST));
                RingProducer producer = ring.producer();
                RingConsumer quick = ring.consumer();
                RingConsumer slow = ring.consumer()) {
            producer.put(new byte[100]);
            producer.put(new byte[100]);
            assertEquals(2, quick.poll(message -> {}, 10));
            assertEquals(1, slow.poll(message -> {}, 1));
            Map<?, ?> report = ringAsJson();
            assertEquals(112, report.get("backlogBytes"));
            assertEquals(false, report.get("lossy"));
            assertEquals(0, entry(report, "consumers", 0).get("backlogBytes"));
            assertEquals(112, entry(report, "consumers", 1).get("backlogBytes"));
            String text = run(ExitCode.OK, "stat", "x", dir());
            assertTrue(text.contains("consumer    place 1, live, pid"), text);
            assertTrue(text.contains("backlog 112 bytes"), text);
            assertTrue(text.contains("consumer    14 of 16 places free"), text);
        }
    }

    @Test
    void saysWhatAConsumerOfALossyRingHasMissed() throws Exception {
        try (Ring ring = Rings.create(spec(RingKind.BROADCAST).withLossy(true));
                RingProducer producer = ring.producer();
                RingConsumer consumer = ring.consumer()) {
            for (int number = 0; number < 100; number++) {
                producer.put(new byte[100]);
            }
            assertEquals(RingConsumer.LAPPED, consumer.poll(message -> {}, 1));
            Map<?, ?> report = ringAsJson();
            assertEquals(true, report.get("lossy"));
            assertEquals(
                    (int) consumer.missedBytes(), entry(report, "consumers", 0).get("missedBytes"));
            String text = run(ExitCode.OK, "stat", "x", dir());
            assertTrue(text.contains("capacity    4096 bytes, lossy"), text);
            assertTrue(text.contains("missed " + consumer.missedBytes() + " bytes"), text);
        }
    }

    private static Stream<LockSpec<?>> locks() {
        return Stream.of(
                LockSpec.mutex("x"),
                LockSpec.signallingSemaphore("x", 3),
                LockSpec.accountableSemaphore("x", 3),
                LockSpec.readWriteLock("x"),
                LockSpec.latch("x", 2),
                LockSpec.barrier("x", 2),
                LockSpec.eventCount("x"));
    }

    @ParameterizedTest
    @MethodSource("locks")
    void saysHowAnyLockStandsWithoutTouchingIt(LockSpec<?> spec) throws Exception {
        try (Synchronizer lock = Locks.create(spec.withAddress(RegionAddress.of(regions(), "x")))) {
            String before = run(ExitCode.OK, "stat", "x", "--json", dir());
            Map<?, ?> stat = (Map<?, ?>) JSON.std.mapFrom(before).get("lock");
            assertEquals(lock.stat().state(), stat.get("state"));
            assertEquals(List.of(), stat.get("holders"));
            assertEquals(List.of(), stat.get("waiters"));
            assertTrue(run(ExitCode.OK, "stat", "x", dir())
                    .contains("state       " + lock.stat().state()));
            assertEquals(before, run(ExitCode.OK, "stat", "x", "--json", dir()));
        }
    }

    @ParameterizedTest
    @EnumSource
    void saysWhoHasALockSinceWhenAndWhoWaits(LockSituation situation) throws Exception {
        Instant before = Instant.now().minusSeconds(1);
        LockSituation.Seen seen = situation.seen();
        try (LockSituation.Scene scene = situation.begin(RegionAddress.of(regions(), "x"))) {
            scene.awaitWaiter();
            Map<String, Object> region = JSON.std.mapFrom(run(ExitCode.OK, "stat", "x", "--json", dir()));
            Map<?, ?> stat = (Map<?, ?>) region.get("lock");
            String token = (String) entry(region, "attachments", 0).get("token");
            assertEquals(situation.kind(), stat.get("kind"));
            assertEquals(seen.holders(), list(stat, "holders").size());
            assertEquals(1, list(stat, "waiters").size());
            for (int index = 0; index < seen.holders(); index++) {
                Map<?, ?> holder = entry(stat, "holders", index);
                assertIsThisProcess(holder, token, before);
                assertEquals(seen.count(), holder.get("count"));
            }
            Map<?, ?> waiter = entry(stat, "waiters", 0);
            assertIsThisProcess(waiter, token, before);
            assertEquals(seen.wanted(), waiter.get("wanted"));

            String pid = "live, pid " + ProcessHandle.current().pid();
            String text = run(ExitCode.OK, "stat", "x", dir());
            assertEquals(seen.holders() > 0, text.contains("holder      " + pid), text);
            assertTrue(text.contains("waiter      " + pid), text);
            assertTrue(text.contains(", wants " + seen.wantedAsText() + ", since "), text);
            if (seen.knowsThread()) {
                assertEquals((int) scene.waitingThread(), waiter.get("thread"));
                assertTrue(text.contains(", thread " + scene.waitingThread() + ", wants "), text);
            }
            scene.release();
        }
    }

    private static void assertIsThisProcess(Map<?, ?> party, String token, Instant before) {
        assertEquals(token, party.get("token"));
        assertEquals(true, party.get("alive"));
        Instant since = Instant.parse((String) party.get("since"));
        assertTrue(since.isAfter(before) && since.isBefore(Instant.now().plusSeconds(1)), since::toString);
    }

    @Test
    void listsACorruptLockAsBrokenAndTheOthersAsTheyAre() throws Exception {
        RegionAddress address = RegionAddress.of(regions(), "x");
        try (EventCount events = Locks.create(LockSpec.eventCount("x").withAddress(address));
                SharedMutex mutex = Locks.create(LockSpec.mutex("y").withAddress(RegionAddress.of(regions(), "y")))) {
            assertEquals(1, events.advance());
            try (Region region = Regions.open(address, LockKind.EVENT_COUNT.regionKind(), RegionOptions.DEFAULT)) {
                region.memory().setLongRelease(RegionHeaderLayout.BODY, -1);
            }
            assertEquals("free", mutex.stat().state());
            String list = run(ExitCode.OK, "ls", dir());
            assertTrue(list.contains("broken") && list.contains("corrupt number of events"), list);
            assertTrue(list.contains("mutex"), list);
            assertEquals("", run(ExitCode.FAILURE, "stat", "x", dir()));
            assertOneLine(lastErrors());
            assertTrue(lastErrors().contains("corrupt number of events"), lastErrors());
        }
    }

    @Test
    void saysWhatWorkersHaveDoneAndWhetherTheyLive() throws Exception {
        WorkerSpec work = WorkerSpec.of(spec(RingKind.MPMC), WorkerHandler.of(Codecs.strings(), text -> {
                    if (text.equals("poison")) {
                        throw new IllegalStateException(text);
                    }
                }))
                .withErrors(ErrorPolicy.discard().withDeliveries(2, Duration.ZERO));
        try (Ring ring = Rings.create(spec(RingKind.MPMC));
                RingProducer producer = ring.producer()) {
            for (String text : List.of("a", "poison", "b")) {
                producer.put(text.getBytes(StandardCharsets.UTF_8));
            }
            try (Worker worker = Worker.start(work)) {
                long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
                while (worker.figures().places().stream()
                                .mapToLong(WorkerFigures.Place::delivered)
                                .sum()
                        < 2) {
                    assertTrue(System.nanoTime() < deadline, "never delivered");
                    Thread.sleep(5);
                }
                Map<?, ?> figures =
                        entry(JSON.std.mapFrom(run(ExitCode.OK, "stat", "x", "--json", dir())), "workers", 0);
                assertEquals("running", figures.get("state"));
                assertEquals(true, figures.get("alive"));
                assertEquals(2, figures.get("delivered"));
                assertEquals(2, figures.get("failed"));
                assertEquals(1, figures.get("redelivered"));
                assertEquals(1, figures.get("discarded"));
                String text = run(ExitCode.OK, "stat", "x.worker", dir());
                long pid = ProcessHandle.current().pid();
                assertTrue(text.contains("worker      running, live, pid " + pid), text);
                assertTrue(text.contains("delivered 2, redelivered 1, failed 2"), text);
            }
            String text = run(ExitCode.OK, "stat", "x", dir());
            assertTrue(text.contains("worker      ended, since"), text);
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
        assertNothingLeft();
    }

    /** In this process, because it is found before anything is done. */
    static Stream<List<String>> wrongUses() {
        return Stream.of(
                List.of(),
                List.of("nonsense"),
                List.of("send"),
                List.of("send", "../x"),
                List.of("send", "x", "--capacity", "5000"),
                List.of("send", "x", "--timeout", "x"),
                List.of("receive"),
                List.of("receive", "x", "--wait", "forever"),
                List.of("ls", "--nonsense"),
                List.of("stat"),
                List.of("stat", "../x", "--dir=/dev/null"),
                List.of("rm"),
                List.of("rm", "../x"),
                List.of("rm", "x", "../x"),
                List.of("demo", "--size", "0"),
                List.of("demo", "--messages", "0"),
                List.of("demo", "--messages", "x"));
    }

    @ParameterizedTest
    @MethodSource("wrongUses")
    void answersWrongUseWithOneLineAndTwo(List<String> arguments) {
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int exitCode = Main.commandLine()
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(arguments.toArray(String[]::new));
        assertEquals(ExitCode.USAGE, exitCode);
        assertEquals("", output.toString());
        assertOneLine(errors.toString());
    }

    @Test
    void answersTheShellInTheSameWay() throws Exception {
        assertEquals("", run(ExitCode.USAGE, "nonsense"));
        assertOneLine(lastErrors());
    }

    @Test
    void answersFailuresWithOneLineAndOne() throws Exception {
        for (List<String> arguments : List.of(
                List.of("stat", "missing", dir()),
                List.of("ls", "--dir=/dev/null"),
                List.of("send", "x", "/does/not/exist", dir()),
                List.of("send", "x", "/", dir()))) {
            run(ExitCode.FAILURE, arguments.toArray(String[]::new));
            assertOneLine(lastErrors());
            String subject = arguments.get(1).equals("x")
                    ? arguments.get(2)
                    : arguments.get(1).replace("--dir=", "");
            assertTrue(lastErrors().contains(subject + ": "), lastErrors());
        }
    }

    @Test
    void explainsEachCommand() {
        Main.commandLine().getSubcommands().forEach((name, command) -> {
            if (!command.getCommandSpec().usageMessage().hidden()) {
                String help = help(name, "--help");
                assertTrue(help.contains("Usage: sluice " + name), help);
            }
        });
    }

    @Test
    void explainsItselfWithExitCodes() throws Exception {
        for (String command : List.of("send", "receive", "ls", "stat", "rm", "demo")) {
            assertTrue(help(command, "--help").contains("Exit codes:"), command);
            assertTrue(help("--help").contains("  " + command), command);
        }
        assertEquals(help("--help"), run(ExitCode.OK, "--help"));
    }

    private static String help(String... arguments) {
        StringWriter output = new StringWriter();
        assertEquals(
                ExitCode.OK, Main.commandLine().setOut(new PrintWriter(output)).execute(arguments));
        return output.toString();
    }
}
