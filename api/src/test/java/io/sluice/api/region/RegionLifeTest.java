package io.sluice.api.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.memory.DetachedException;
import io.sluice.api.memory.MappingMode;
import io.sluice.api.memory.Mappings;
import io.sluice.api.memory.ReadOnlyRegionException;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.os.FileStatus;
import io.sluice.api.testing.ChildJvm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The life of a region as one process sees it. */
class RegionLifeTest extends RegionScene {

    @Test
    void createsZeroedMemoryOfTheAskedSize() {
        try (Region region = create("a")) {
            RegionMemory memory = region.memory();
            assertEquals(RegionHeaderLayout.BODY + 64 * 1024, memory.size());
            for (long offset = RegionHeaderLayout.BODY; offset < memory.size(); offset += Long.BYTES) {
                assertEquals(0, memory.getLong(offset));
            }
            assertEquals(KIND, region.kind());
            assertEquals(List.of(7L, 8L, 0L, 0L, 0L, 0L, 0L, 0L), region.geometry());
            assertEquals("a", region.name());
            assertFalse(region.isReadOnly());
        }
    }

    @Test
    void showsOneAttachmentWhatAnotherWrote() {
        try (Region one = create("a");
                Region other = open("a")) {
            one.memory().setLongRelease(WORD, 42);
            assertEquals(42, other.memory().getLongAcquire(WORD));
            assertEquals(2, one.stat().liveAttachments());
            one.detach();
            assertEquals(42, other.memory().getLongAcquire(WORD));
            assertEquals(1, other.stat().liveAttachments());
        }
    }

    @Test
    void keepsItsContentBetweenAttachments() {
        try (Region region = create("a")) {
            region.memory().setLong(WORD, 42);
        }
        try (Region region = Regions.openOrCreate(address("a"), SPEC, OPTIONS)) {
            assertEquals(42, region.memory().getLong(WORD));
        }
    }

    @Test
    void refusesToCreateWhereANameIsTaken() throws IOException {
        create("a").close();
        assertRefused(RegionExistsException.class, "a", () -> create("a"), "exists");
        assertEquals(List.of("a"), files());
    }

    @Test
    void refusesToOpenWhatIsNotThere() {
        assertRefused(RegionNotFoundException.class, "a", () -> open("a"));
        assertRefused(RegionNotFoundException.class, "a", () -> stat("a"));
        assertRefused(RegionNotFoundException.class, "a", () -> Regions.destroy(address("a"), OPTIONS));
        RegionAddress nowhere = RegionAddress.of(directory().resolve("no").resolve("where"), "a");
        assertThrows(RegionNotFoundException.class, () -> Regions.open(nowhere, KIND, OPTIONS));
        assertThrows(RegionNotFoundException.class, () -> Regions.stat(nowhere, false));
        assertTrue(Regions.list(nowhere.directory()).isEmpty());
        RegionAccessException refused =
                assertThrows(RegionAccessException.class, () -> Regions.create(nowhere, SPEC, OPTIONS));
        assertEquals(
                nowhere.directory() + ": cannot hold regions: "
                        + nowhere.directory().getParent() + ": no such file or directory",
                refused.getMessage());
    }

    @Test
    void makesTheDirectoryForItsOwnerOnly() throws IOException {
        Path made = directory().resolve("made");
        Regions.create(RegionAddress.of(made, "a"), SPEC, OPTIONS).close();
        assertEquals(0700, FileStatus.of(made).permissions());
    }

    @Test
    void leavesNothingWhenTheInitializerFails() throws IOException {
        assertThrows(
                IllegalStateException.class,
                () -> Regions.create(address("a"), SPEC, OPTIONS, memory -> {
                    throw new IllegalStateException("on purpose");
                }));
        assertThrows(
                AssertionError.class,
                () -> Regions.create(address("b"), SPEC, OPTIONS, memory -> {
                    throw new AssertionError("on purpose");
                }));
        assertEquals(List.of(), files());
        assertEquals(0, mappings());
    }

    @Test
    void showsNobodyARegionBeforeItIsInitialized() {
        Regions.create(address("a"), SPEC, OPTIONS, memory -> {
                    memory.setLong(WORD, 1);
                    assertThrows(RegionNotFoundException.class, () -> open("a"));
                    assertTrue(Regions.list(directory()).isEmpty());
                })
                .close();
        try (Region region = open("a")) {
            assertEquals(1, region.memory().getLong(WORD));
        }
    }

    @Test
    void isForItsOwnerOnlyUnlessAskedOtherwiseWhateverTheUmask() {
        create("own").close();
        assertEquals(0600, stat("own").mode());
        for (int mode : new int[] {0600, 0640, 0660, 0644, 0666, 0777}) {
            String name = "mode-" + Integer.toOctalString(mode);
            Regions.create(address(name), SPEC, OPTIONS.withMode(mode)).close();
            assertEquals(mode, stat(name).mode());
        }
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.withMode(0400));
        assertThrows(IllegalArgumentException.class, () -> OPTIONS.withMode(04600));
    }

    @Test
    void hasStorageBehindEveryByte() throws Exception {
        create("a").close();
        Process stat =
                new ProcessBuilder("stat", "-c", "%b %B %s", address("a").path().toString()).start();
        String[] words = new String(stat.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                .strip()
                .split(" ", -1);
        assertEquals(0, stat.waitFor());
        assertTrue(
                Long.parseLong(words[0]) * Long.parseLong(words[1]) >= Long.parseLong(words[2]),
                List.of(words)::toString);
    }

    @Test
    void detachesAtOnceAndRefusesLaterUse() throws IOException {
        Region region = create("a");
        RegionMemory memory = region.memory();
        RegionMemory control = region.control();
        assertEquals(2, mappings());
        region.detach();
        assertEquals(0, mappings());
        assertTrue(region.isDetached());
        region.detach();
        region.close();
        assertThrows(DetachedException.class, () -> memory.getLong(WORD));
        assertThrows(DetachedException.class, () -> memory.setLong(WORD, 1));
        assertThrows(DetachedException.class, () -> memory.compareAndSetLong(WORD, 0, 1));
        assertThrows(DetachedException.class, () -> control.getLong(WORD));
        assertThrows(DetachedException.class, region::stat);
        assertThrows(DetachedException.class, region::destroy);
        DetachedException refused = assertThrows(DetachedException.class, () -> memory.getInt(0));
        assertTrue(refused.getMessage().contains(address("a").toString()), refused.getMessage());
    }

    @Test
    void letsAStructureUndoWhatItHasToWhoeverDetaches() {
        Region region = create("a");
        List<Long> seen = new ArrayList<>();
        region.memory().setLong(WORD, 7);
        region.onDetach(control -> {
            assertTrue(region.memory().isDetached());
            assertEquals(region.sizeBytes(), control.size());
            seen.add(control.getLong(WORD));
            control.setLong(WORD, 8);
        });
        region.detach();
        region.detach();
        assertEquals(List.of(7L), seen);
        try (Region again = open("a")) {
            assertEquals(8, again.memory().getLong(WORD));
        }
    }

    @Test
    void destroysNowWhileOthersKeepWhatTheyHave() throws IOException {
        try (Region one = create("a");
                Region other = open("a")) {
            one.destroy();
            one.destroy();
            assertFalse(exists("a"));
            assertRefused(RegionNotFoundException.class, "a", () -> open("a"));
            other.memory().setLong(WORD, 5);
            assertEquals(5, one.memory().getLong(WORD));
            assertTrue(other.stat().destroyed());
            try (Region next = create("a")) {
                assertEquals(0, next.memory().getLong(WORD));
                next.memory().setLong(WORD, 6);
                assertEquals(5, other.memory().getLong(WORD));
                other.destroy();
                one.detach();
                assertEquals(List.of("a"), files());
                assertFalse(next.stat().destroyed());
            }
        }
        assertEquals(List.of("a"), files());
    }

    @Test
    void destroysByNameWithoutAttaching() throws IOException {
        try (Region region = create("a")) {
            Regions.destroy(address("a"), OPTIONS);
            assertTrue(region.stat().destroyed());
            region.memory().setLong(WORD, 1);
        }
        assertEquals(List.of(), files());
    }

    @Test
    void goesWithItsLastAttachmentIfAskedTo() throws IOException {
        Region one = Regions.create(address("a"), SPEC, LAST);
        Region other = open("a");
        assertTrue(other.stat().destroyOnLastDetach());
        one.detach();
        assertTrue(exists("a"));
        Region third = open("a");
        other.detach();
        assertTrue(exists("a"));
        third.detach();
        assertEquals(List.of(), files());
        Regions.create(address("a"), SPEC, LAST).close();
        assertEquals(List.of(), files());
    }

    @Test
    void goesWithTheAttachmentThatSaysSoIfThatIsTheLast() throws IOException {
        Region one = create("a");
        Region other = open("a");
        one.destroyIfLast();
        one.detach();
        assertTrue(exists("a"));
        other.detach();
        assertTrue(exists("a"));
        Region last = open("a");
        last.destroyIfLast();
        last.detach();
        assertEquals(List.of(), files());
    }

    @Test
    void isInspectedWithoutAttaching() throws IOException {
        try (Region region = create("a")) {
            region.memory().setLong(WORD, 42);
            long found = Regions.inspect(address("a"), false, (info, memory) -> {
                assertEquals(1, info.liveAttachments());
                assertEquals(region.sizeBytes(), memory.size());
                assertThrows(ReadOnlyRegionException.class, () -> memory.setLong(WORD, 1));
                return memory.getLong(WORD);
            });
            assertEquals(42, found);
            RegionMemory[] kept = new RegionMemory[1];
            Regions.inspect(address("a"), false, (info, memory) -> kept[0] = memory);
            assertThrows(DetachedException.class, () -> kept[0].getLong(WORD));
            assertEquals(2, mappings());
        }
    }

    @Test
    void aLastDetachAfterDestroyLeavesTheNextRegionOfThatName() throws IOException {
        Region old = Regions.create(address("a"), SPEC, LAST);
        old.destroy();
        try (Region next = create("a")) {
            old.detach();
            assertTrue(exists("a"));
            assertEquals(1, next.stat().liveAttachments());
        }
    }

    @Test
    void reportsWhatItIs() {
        Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
        try (Region region = create("a");
                Region reader = Regions.open(address("a"), KIND, READ_ONLY)) {
            assertTrue(reader.isReadOnly());
            RegionInfo info = stat("a");
            assertEquals(address("a").path(), info.path());
            assertEquals(KIND, info.kind());
            assertEquals(region.sizeBytes(), info.sizeBytes());
            assertEquals(region.geometry(), info.geometry());
            assertEquals(ProcessHandle.current().pid(), info.creatorPid());
            assertEquals(System.getProperty("user.name"), info.creatorUser());
            assertTrue(info.creatorAlive());
            assertEquals(RegionFile.ownUserId(), info.ownerId());
            assertFalse(info.created().isBefore(before));
            assertFalse(info.lastAttach().isBefore(before));
            assertEquals(Instant.EPOCH, info.lastDetach());
            assertFalse(info.destroyOnLastDetach());
            assertFalse(info.destroyed());
            assertEquals(
                    List.of(false, true),
                    info.attachments().stream()
                            .map(RegionInfo.Attachment::readOnly)
                            .toList());
            for (RegionInfo.Attachment attachment : info.attachments()) {
                assertEquals(ProcessHandle.current().pid(), attachment.pid());
                assertTrue(attachment.alive());
                assertFalse(attachment.since().isBefore(before));
                assertFalse(attachment.command().isEmpty());
            }
        }
        assertFalse(stat("a").lastDetach().isBefore(before));
        assertEquals(List.of(), stat("a").attachments());
    }

    @Test
    void listsRegionsAndNothingElse() throws IOException {
        create("b").close();
        create("a").close();
        Files.createDirectory(directory().resolve("directory"));
        Files.createSymbolicLink(directory().resolve("link"), address("a").path());
        Files.createFile(directory().resolve(".hidden"));
        Files.createFile(directory().resolve("not a name"));
        assertEquals(List.of(address("a"), address("b")), Regions.list(directory()));
    }

    @Test
    void readsButDoesNotWriteThroughAReadOnlyAttachment() {
        try (Region writer = create("a");
                Region reader = Regions.open(address("a"), KIND, READ_ONLY)) {
            writer.memory().setLong(WORD, 42);
            RegionMemory memory = reader.memory();
            assertEquals(42, memory.getLong(WORD));
            Stream.<Executable>of(
                            () -> memory.setLong(WORD, 1),
                            () -> memory.setIntRelease(WORD, 1),
                            () -> memory.compareAndSetLong(WORD, 42, 1),
                            () -> memory.getAndAddLong(WORD, 1),
                            () -> memory.writeByte(WORD, (byte) 1),
                            () -> memory.copyIn(WORD, new byte[100], 0, 100),
                            () -> memory.zero(WORD, 8))
                    .forEach(write -> {
                        ReadOnlyRegionException refused = assertThrows(ReadOnlyRegionException.class, write);
                        assertTrue(refused.getMessage().contains(address("a").toString()), refused.getMessage());
                    });
            assertEquals(42, memory.getLong(WORD));
            assertEquals(2, writer.stat().liveAttachments());
        }
        assertThrows(IllegalArgumentException.class, () -> Regions.create(address("b"), SPEC, READ_ONLY));
    }

    @Test
    void fillsTheAttachTableAndReusesIt() {
        Region[] regions = new Region[RegionHeaderLayout.ATTACHMENT_COUNT];
        regions[0] = create("a");
        for (int i = 1; i < regions.length; i++) {
            regions[i] = open("a");
        }
        assertRefused(RegionFullException.class, "a", () -> open("a"), "192");
        assertEquals(regions.length, regions[0].stat().liveAttachments());
        regions[77].detach();
        regions[77] = open("a");
        // As a process that died leaves it: a token that nobody holds.
        regions[0].control().setLong(AttachTable.offset(100), 4711_4711);
        assertEquals(regions.length - 1, regions[0].stat().liveAttachments());
        Region instead = open("a");
        assertEquals(regions.length, regions[0].stat().liveAttachments());
        instead.detach();
        for (Region region : regions) {
            region.detach();
        }
        assertEquals(0, stat("a").liveAttachments());
    }

    @Test
    void attachesInEitherModeToTheSameBytes() {
        Assumptions.assumeTrue(Mappings.chronicleWorks(), "this JVM has no flags");
        try (Region one = Regions.create(address("a"), SPEC, OPTIONS.withMapping(MappingMode.CHRONICLE));
                Region other = Regions.open(address("a"), KIND, OPTIONS.withMapping(MappingMode.STANDARD))) {
            one.memory().setLong(WORD, 1);
            assertTrue(other.memory().compareAndSetLong(WORD, 1, 2));
            assertEquals(2, one.memory().getLong(WORD));
        }
    }

    @Test
    void saysWhichFlagsChroniclesMappingNeeds() {
        Assumptions.assumeFalse(Mappings.chronicleWorks(), "this JVM has the flags");
        RegionOptions options = OPTIONS.withMapping(MappingMode.CHRONICLE);
        assertRefused(
                RegionAccessException.class,
                "a",
                () -> Regions.create(address("a"), SPEC, options),
                "CHRONICLE",
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED");
        assertFalse(exists("a"));
    }

    @Test
    void runsInTheModeThatTheBuildAsksFor() {
        assertEquals(chronicle(), Mappings.chronicleWorks());
    }

    @Test
    void attachesInAThreadThatIsInterrupted() {
        create("a").close();
        Thread.currentThread().interrupt();
        try (Region region = open("a");
                Region made = create("b")) {
            assertEquals(region.sizeBytes(), made.sizeBytes());
        } finally {
            assertTrue(Thread.interrupted());
        }
    }

    @Test
    void findsTheDirectoryInThePropertyThenInTheVariable() {
        String variable = "SLUICE_DIR=" + directory() + "/of/../variable";
        try (ChildJvm child = ChildJvm.startUnder(List.of("env", variable), SettingsChild.class)) {
            assertEquals(directory() + "/variable", child.awaitLine());
            assertEquals(directory() + "/property", child.ask(directory() + "/property"));
        }
    }

    @Test
    void hasADirectoryForEachUserOtherwise() {
        try (ChildJvm child = ChildJvm.startUnder(
                List.of("env", "-u", "SLUICE_DIR"), List.of("-Duser.name=d/o e"), SettingsChild.class)) {
            assertEquals("/dev/shm/sluice-d_o_e", child.awaitLine());
        }
    }

    @Test
    void readsItsSettings() {
        String before = System.getProperty("sluice.dir");
        assertNull(System.getProperty("sluice.mapping"));
        try {
            System.setProperty("sluice.dir", directory().toString());
            assertEquals(address("a"), RegionAddress.of("a"));
            System.setProperty("sluice.mapping", "Standard");
            assertEquals(MappingMode.STANDARD, Settings.mapping());
            System.setProperty("sluice.mapping", "sideways");
            assertTrue(assertThrows(IllegalArgumentException.class, Settings::mapping)
                    .getMessage()
                    .contains("\"sideways\""));
        } finally {
            System.clearProperty("sluice.mapping");
            if (before == null) {
                System.clearProperty("sluice.dir");
            } else {
                System.setProperty("sluice.dir", before);
            }
        }
    }
}
