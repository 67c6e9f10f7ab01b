package io.sluice.benchmarks.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private final ByteArrayOutputStream told = new ByteArrayOutputStream();
    private final Failures failures = new Failures(new PrintStream(told, true, StandardCharsets.UTF_8));

    private static String next(Queue<RuntimeException> coming) {
        RuntimeException failure = coming.poll();
        if (failure != null) {
            throw failure;
        }
        return "measured";
    }

    @Test
    void leaveNothingOnRecordOfWhatSucceeds() throws Exception {
        assertEquals("measured", failures.atMostTwice("a row", () -> "measured"));
        assertEquals(List.of(), failures.sentences());
        assertEquals(0, told.size());
    }

    @Test
    void areMeasuredOnceMoreAndToldAndKeptOnRecord() throws Exception {
        Queue<RuntimeException> coming = new ArrayDeque<>(List.of(new IllegalStateException("it ended with 3")));
        assertEquals("measured", failures.atMostTwice("fork 2, a row", () -> next(coming)));
        assertEquals(List.of("fork 2, a row: it ended with 3"), failures.sentences());
        assertTrue(told.toString(StandardCharsets.UTF_8).contains("fork 2, a row: it ended with 3"));
    }

    @Test
    void endTheRunWhenTheyComeTwiceWithBothReasons() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second");
        Queue<RuntimeException> coming = new ArrayDeque<>(List.of(first, second));
        assertSame(
                second,
                assertThrows(IllegalStateException.class, () -> failures.atMostTwice("a row", () -> next(coming))));
        assertSame(first, second.getSuppressed()[0]);
    }
}
