package io.sluice.api.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.sluice.api.identity.ProcessIdentity;
import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.RingKind;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The api alone is on the class path of its own tests: whoever wants a ring or a lock is told which jar is missing. */
class MissingProviderTest {

    private static final long BODY_BYTES = 4096;

    private TestDirectory directory;
    private RegionAddress address;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = TestDirectory.create();
        address = RegionAddress.of(directory.path(), "wanted");
    }

    @AfterEach
    void endEverything() throws IOException {
        ProcessIdentity.in(directory.path()).close();
        directory.close();
    }

    private static LockSpec<?> spec(LockKind kind) {
        return switch (kind) {
            case MUTEX -> LockSpec.mutex("wanted");
            case SIGNALLING_SEMAPHORE -> LockSpec.signallingSemaphore("wanted", 1);
            case ACCOUNTABLE_SEMAPHORE -> LockSpec.accountableSemaphore("wanted", 1);
            case READ_WRITE_LOCK -> LockSpec.readWriteLock("wanted");
            case LATCH -> LockSpec.latch("wanted", 1);
            case BARRIER -> LockSpec.barrier("wanted", 1);
            case EVENT_COUNT -> LockSpec.eventCount("wanted");
        };
    }

    private static void assertMissing(String wanted, String artifact, Executable use) {
        MissingProviderException missing = assertThrows(MissingProviderException.class, use);
        assertEquals("nothing on the class path implements " + wanted + ": add " + artifact, missing.getMessage());
    }

    private static void assertLockMissing(LockKind kind, Executable use) {
        assertMissing("a lock of kind " + kind, "io.sluice:sluice-locks", use);
    }

    private static void assertRingMissing(RingKind kind, Executable use) {
        assertMissing("a ring of kind " + kind, "io.sluice:sluice-ringbuffer", use);
    }

    @ParameterizedTest
    @EnumSource
    void namesTheJarToWhoeverWantsALockAndMakesNothing(LockKind kind) {
        LockSpec<?> spec = spec(kind).withAddress(address);
        assertLockMissing(kind, () -> Locks.create(spec));
        assertLockMissing(kind, () -> Locks.open(spec));
        assertLockMissing(kind, () -> Locks.openOrCreate(spec));
        assertFalse(Files.exists(address.path()));
    }

    @ParameterizedTest
    @EnumSource
    void namesTheJarToWhoeverLooksAtALock(LockKind kind) {
        try (Region region = createRegion(kind.regionKind())) {
            assertLockMissing(kind, () -> Locks.stat(region));
        }
        assertLockMissing(kind, () -> Locks.stat(address, false));
    }

    @ParameterizedTest
    @EnumSource
    void namesTheJarToWhoeverWantsARingAndMakesNothing(RingKind kind) {
        RingSpec spec = RingSpec.of(kind, "wanted", BODY_BYTES).withAddress(address);
        assertRingMissing(kind, () -> Rings.create(spec));
        assertRingMissing(kind, () -> Rings.open(spec));
        assertRingMissing(kind, () -> Rings.openOrCreate(spec));
        assertFalse(Files.exists(address.path()));
    }

    @ParameterizedTest
    @EnumSource
    void namesTheJarToWhoeverLooksAtARing(RingKind kind) {
        createRegion(kind.regionKind()).close();
        assertRingMissing(kind, () -> Rings.report(address, false));
    }

    private Region createRegion(String kind) {
        return Regions.create(address, RegionSpec.of(kind, BODY_BYTES), RegionOptions.DEFAULT);
    }
}
