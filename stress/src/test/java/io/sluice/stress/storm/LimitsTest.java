package io.sluice.stress.storm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LimitsTest {

    private static final long HOUR = TimeUnit.HOURS.toNanos(1);

    @Test
    void endsAfterAThousandKillsUnlessToldOtherwise() {
        Limits limits = Limits.of(null, null);
        assertFalse(limits.isReached(999, Long.MAX_VALUE - 1));
        assertTrue(limits.isReached(1000, 1));
    }

    @Test
    void hasNoLimitOfKillsIfThereAreOnlyMinutes() {
        Limits limits = Limits.of(null, 60L);
        assertFalse(limits.isReached(1_000_000, HOUR - 1));
        assertTrue(limits.isReached(1, HOUR));
    }

    @Test
    void endsWithWhateverComesFirst() {
        Limits limits = Limits.of(10, 60L);
        assertFalse(limits.isReached(9, HOUR - 1));
        assertTrue(limits.isReached(10, 1));
        assertTrue(limits.isReached(1, HOUR));
    }

    @Test
    void saysHowLongItWillBeUntilThat() {
        // Ten seconds each.
        long passed = TimeUnit.SECONDS.toNanos(100);
        assertEquals(TimeUnit.SECONDS.toNanos(200), Limits.of(30, 60L).nanosLeft(10, passed));
        assertEquals(HOUR - passed, Limits.of(10_000, 60L).nanosLeft(10, passed));
        assertEquals(HOUR - passed, Limits.of(null, 60L).nanosLeft(10, passed));
        assertEquals(TimeUnit.SECONDS.toNanos(200), Limits.of(30, null).nanosLeft(10, passed));
    }

    @Test
    void namesTheLimitOfKillsIfThereIsOne() {
        assertEquals("5 of 30 kills", Limits.of(30, 60L).describe(5));
        assertEquals("5 kills", Limits.of(null, 60L).describe(5));
    }
}
