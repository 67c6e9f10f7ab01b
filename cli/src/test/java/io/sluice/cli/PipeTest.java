package io.sluice.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.cli.exit.ExitCode;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code send} and {@code receive} in processes of their own. */
class PipeTest extends CommandTestBase {

    private static final int SIGINT = 130;
    private static final int SIGTERM = 143;

    @Test
    void deliversEveryByteWhenTheSenderComesFirst() throws Exception {
        Path original = randomFile(5_000_003);
        SluiceProcess sender = send(SluiceProcess.from(original));
        awaitRing(hasSender());
        assertDelivered(original, sender, receive(SluiceProcess.to(file("copy"))));
    }

    @Test
    void deliversEveryByteWhenTheReceiverComesFirst() throws Exception {
        Path original = randomFile(5_000_003);
        SluiceProcess receiver = receive(SluiceProcess.to(file("copy")));
        awaitRing(hasReceiver());
        assertDelivered(original, send(SluiceProcess.from(original)), receiver);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4097})
    void deliversFilesOfAnySize(int length) throws Exception {
        Path original = randomFile(length);
        SluiceProcess sender = send(SluiceProcess.from(original));
        assertDelivered(original, sender, receive(SluiceProcess.to(file("copy"))));
        assertNothingLeft();
    }

    @Test
    void deliversThroughTheSmallestRingWithChecksums() throws Exception {
        Path original = randomFile(300_001);
        SluiceProcess sender =
                send(SluiceProcess.from(original), "--capacity", "4K", "--checksum", "--wait", "backoff");
        assertDelivered(original, sender, receive(SluiceProcess.to(file("copy")), "--capacity=4K", "--checksum"));
    }

    @Test
    void deliversTheFileThatTheSenderIsGivenByName() throws Exception {
        Path original = randomFile(10_000);
        SluiceProcess sender = send(SluiceProcess.nothing(), original.toString());
        assertDelivered(original, sender, receive(SluiceProcess.to(file("copy"))));
    }

    @Test
    void keepsLinesAsTheyAre() throws Exception {
        Path original = Files.writeString(file("lines"), "first\n\n" + "long ".repeat(100_000) + "\nno line feed");
        SluiceProcess sender = send(SluiceProcess.from(original), "--lines", "--capacity", "64K");
        awaitRing(hasSender());
        assertDelivered(original, sender, receive(SluiceProcess.to(file("copy"))));
    }

    @Test
    void deliversALineAsSoonAsItIsWritten() throws Exception {
        SluiceProcess sender = send(Redirect.PIPE, "--lines");
        SluiceProcess receiver = receive(Redirect.PIPE);
        try (OutputStream input = sender.input()) {
            for (String line : List.of("one\n", "two\n")) {
                input.write(line.getBytes(StandardCharsets.UTF_8));
                input.flush();
                assertEquals(line, new String(receiver.output().readNBytes(line.length()), StandardCharsets.UTF_8));
            }
        }
        assertEquals(ExitCode.OK, sender.awaitExit());
        assertEquals(ExitCode.OK, receiver.awaitExit());
    }

    @Test
    void refusesASecondLiveSender() throws Exception {
        send(SluiceProcess.from(randomFile(10)));
        awaitRing(hasSender());
        SluiceProcess second = send(SluiceProcess.nothing());
        assertEquals(ExitCode.BUSY, second.awaitExit());
        assertOneLine(second.errors());
    }

    @Test
    void refusesASecondLiveReceiver() throws Exception {
        receive(Redirect.DISCARD);
        awaitRing(hasReceiver());
        SluiceProcess second = receive(Redirect.DISCARD);
        assertEquals(ExitCode.BUSY, second.awaitExit());
        assertOneLine(second.errors());
    }

    @Test
    void deliversWhatASenderCommittedThatIsKilledBeforeAnybodyReceives() throws Exception {
        Path original = randomFile(70_000);
        SluiceProcess sender = send(Redirect.PIPE);
        sender.input().write(Files.readAllBytes(original));
        sender.input().flush();
        awaitRing(hasBacklogOf(70_000));
        sender.kill();
        SluiceProcess receiver = receive(SluiceProcess.to(file("copy")));
        assertEquals(ExitCode.SENDER_GONE, receiver.awaitExit());
        assertOneLine(receiver.errors());
        assertArrayEquals(Files.readAllBytes(original), Files.readAllBytes(file("copy")));
        assertEquals(List.of(), regionNames());
    }

    @Test
    void tellsAReceiverWhoseSenderIsKilled() throws Exception {
        SluiceProcess receiver = receive(Redirect.PIPE);
        SluiceProcess sender = send(Redirect.PIPE);
        sender.input().write("committed".getBytes(StandardCharsets.UTF_8));
        sender.input().flush();
        assertEquals("committed", new String(receiver.output().readNBytes(9), StandardCharsets.UTF_8));
        sender.kill();
        assertEquals(ExitCode.SENDER_GONE, receiver.awaitExit());
        assertOneLine(receiver.errors());
        assertEquals(List.of(), regionNames());
    }

    @Test
    void continuesWithTheNextReceiverWhenOneIsKilled() throws Exception {
        Path original = randomFile(8_000_000);
        byte[] expected = Files.readAllBytes(original);
        SluiceProcess sender = send(SluiceProcess.from(original));
        SluiceProcess killed = receive(Redirect.PIPE);
        byte[] beginning = killed.output().readNBytes(1_000_000);
        killed.kill();
        SluiceProcess next = receive(SluiceProcess.to(file("rest")));
        assertEquals(ExitCode.OK, next.awaitExit(), next::toString);
        assertEquals(ExitCode.OK, sender.awaitExit());
        byte[] rest = Files.readAllBytes(file("rest"));
        assertArrayEquals(Arrays.copyOf(expected, beginning.length), beginning);
        int from = expected.length - rest.length;
        assertArrayEquals(Arrays.copyOfRange(expected, from, expected.length), rest);
        // The killed one's output pipe took at most 64 KiB beyond what was read from it before it was killed.
        assertTrue(from <= beginning.length + (64 << 10), () -> "bytes are missing: the rest begins at " + from);
        assertEquals(List.of(), regionNames());
    }

    @Test
    void deliversTheRemainsOfADeadSenderBeforeTheNextStream() throws Exception {
        SluiceProcess dead = send(Redirect.PIPE);
        dead.input().write("old".getBytes(StandardCharsets.UTF_8));
        dead.input().flush();
        awaitRing(hasBacklogOf(3));
        awaitRing(ring -> ring.backlogBytes() > 16);
        dead.kill();
        Path original = randomFile(1000);
        SluiceProcess sender = send(SluiceProcess.from(original));
        awaitRing(hasSender());
        SluiceProcess first = receive(SluiceProcess.to(file("old")));
        assertEquals(ExitCode.SENDER_GONE, first.awaitExit());
        assertEquals("old", Files.readString(file("old")));
        assertDelivered(original, sender, receive(SluiceProcess.to(file("copy"))));
    }

    @Test
    void leavesNothingBehindWhenASenderIsInterrupted() throws Exception {
        SluiceProcess sender = send(Redirect.PIPE);
        awaitRing(hasSender());
        sender.signal("INT");
        assertEquals(SIGINT, sender.awaitExit());
        assertEquals("", sender.errors());
        assertEquals(List.of(), regionNames());
    }

    @Test
    void leavesNothingBehindWhenAReceiverIsTerminated() throws Exception {
        SluiceProcess receiver = receive(Redirect.DISCARD);
        awaitRing(hasReceiver());
        receiver.signal("TERM");
        assertEquals(SIGTERM, receiver.awaitExit());
        assertEquals("", receiver.errors());
        assertEquals(List.of(), regionNames());
    }

    @Test
    void tellsAReceiverWhoseSenderIsInterrupted() throws Exception {
        SluiceProcess receiver = receive(Redirect.PIPE);
        SluiceProcess sender = send(Redirect.PIPE);
        sender.input().write('a');
        sender.input().flush();
        assertEquals('a', receiver.output().read());
        sender.signal("INT");
        assertEquals(SIGINT, sender.awaitExit());
        assertEquals(ExitCode.SENDER_GONE, receiver.awaitExit());
        assertOneLine(receiver.errors());
        assertEquals(List.of(), regionNames());
    }

    @Test
    void endsQuietlyWhenNobodyReadsItsOutput() throws Exception {
        send(SluiceProcess.from(randomFile(3_000_000)));
        SluiceProcess receiver = receive(Redirect.PIPE);
        assertEquals(100, receiver.output().readNBytes(100).length);
        receiver.output().close();
        assertEquals(ExitCode.OUTPUT_CLOSED, receiver.awaitExit());
        assertEquals("", receiver.errors());
    }

    @Test
    void namesTheOutputThatTakesNoMore() throws Exception {
        send(SluiceProcess.from(randomFile(10)));
        SluiceProcess receiver = receive(SluiceProcess.to(Path.of("/dev/full")));
        assertEquals(ExitCode.FAILURE, receiver.awaitExit());
        assertEquals("sluice receive: standard output: No space left on device\n", receiver.errors());
    }

    @Test
    void endsAtOnceAndInSilenceWheneverASignalComes() throws Exception {
        // From before the JVM has loaded anything to where it waits.
        for (int delay = 0; delay < 600; delay += 40) {
            SluiceProcess receiver = receive(Redirect.DISCARD);
            Thread.sleep(delay);
            receiver.signal("INT");
            assertEquals(SIGINT, receiver.awaitExit(), "after " + delay + " ms");
            assertEquals("", receiver.errors(), "after " + delay + " ms");
        }
        assertNothingLeft();
    }

    @Test
    void refusesACapacityThatTheOtherSideDidNotChoose() throws Exception {
        receive(Redirect.DISCARD);
        awaitRing(hasReceiver());
        SluiceProcess sender = send(SluiceProcess.nothing(), "--capacity", "64K");
        assertEquals(ExitCode.FAILURE, sender.awaitExit());
        assertOneLine(sender.errors());
        assertTrue(sender.errors().contains("capacity"), sender.errors());
    }

    @Test
    void givesUpAfterTheTimeout() throws Exception {
        SluiceProcess sender = send(SluiceProcess.from(randomFile(10)), "--timeout", "200ms");
        assertEquals(ExitCode.TIMEOUT, sender.awaitExit());
        assertOneLine(sender.errors());
        assertEquals(List.of(), regionNames());
    }

    private void assertDelivered(Path original, SluiceProcess sender, SluiceProcess receiver)
            throws IOException, InterruptedException {
        assertEquals(ExitCode.OK, receiver.awaitExit(), receiver.errors());
        assertEquals(ExitCode.OK, sender.awaitExit(), sender.errors());
        assertEquals(-1, Files.mismatch(original, file("copy")), "first byte that differs");
        assertEquals(List.of(), regionNames());
    }
}
