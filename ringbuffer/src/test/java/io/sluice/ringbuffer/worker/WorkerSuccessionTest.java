package io.sluice.ringbuffer.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What one worker leaves to the next: of a failure, of a hard stop, of another ring. */
class WorkerSuccessionTest extends WorkerTestBase {

    private void stopAtBad(Work over) throws Exception {
        send(over, "a", "bad", "c");
        try (Worker worker = Worker.start(spec(over, WorkerSuccessionTest::failIfBad))) {
            assertTrue(worker.await(LONG));
            assertTrue(worker.failure().isPresent());
        }
    }

    private static void failIfBad(String text) throws IOException {
        if (text.equals("bad")) {
            throw new IOException(text);
        }
    }

    private void drain(Work over, ErrorPolicy errors) throws Exception {
        try (Worker worker = Worker.start(spec(over, text -> {}).withErrors(errors))) {
            assertTrue(worker.drain(LONG));
            assertTrue(worker.failure().isEmpty());
        }
    }

    @ParameterizedTest
    @EnumSource
    void theNextOneTriesWhatStoppedTheOneBefore(Work over) throws Exception {
        stopAtBad(over);
        drain(over, ErrorPolicy.stop());
        assertEquals(List.of("a", "bad", "bad", "c"), seen);
    }

    @ParameterizedTest
    @EnumSource
    void takesNoMessageForTheOneThatWasThereInARingBefore(Work over) throws Exception {
        stopAtBad(over);
        Regions.destroy(directory.address("work"), RegionOptions.DEFAULT);
        send(over, "d", "hat", "f");
        drain(over, ErrorPolicy.discard());
        assertEquals(List.of("a", "bad", "d", "hat", "f"), seen);
    }

    @ParameterizedTest
    @EnumSource
    void aHardStopGivesNothingUpThatNobodyHasSeen(Work over) throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        send(over, "a", "b", "c");
        try (Worker worker = Worker.start(spec(over, text -> {
                    inHand.countDown();
                    awaitInterrupt();
                })
                .withErrors(ErrorPolicy.discard()))) {
            inHand.await();
            assertTrue(worker.stopNow(LONG));
        }
        assertEquals(List.of("a"), seen);
        drain(over, ErrorPolicy.discard());
        assertEquals(List.of("a", "b", "c"), seen);
    }

    private static void awaitInterrupt() {
        try {
            Thread.sleep(Long.MAX_VALUE);
        } catch (InterruptedException e) {
            // And returns all the same.
        }
    }

    @ParameterizedTest
    @EnumSource
    void aHardStopCountsNoDelivery(Work over) throws Exception {
        CountDownLatch inHand = new CountDownLatch(1);
        send(over, "a", "b");
        try (Worker worker = Worker.start(spec(over, text -> {
                    inHand.countDown();
                    Thread.sleep(Long.MAX_VALUE);
                })
                .withErrors(ErrorPolicy.discard()))) {
            inHand.await();
            assertTrue(worker.stopNow(LONG));
        }
        drain(over, ErrorPolicy.discard());
        assertEquals(List.of("a", "a", "b"), seen);
    }
}
