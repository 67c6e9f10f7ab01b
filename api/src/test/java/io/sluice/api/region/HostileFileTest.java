package io.sluice.api.region;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.identity.ParticipantsReplacedException;
import io.sluice.api.memory.DetachedException;
import io.sluice.api.testing.ChildJvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** A file that is not the region it should be is refused by name and field, and left as it is; so are its neighbours. */
class HostileFileTest extends RegionScene {

    private static final String NAME = "victim";

    private Region neighbour;
    private byte[] good;

    @BeforeEach
    void makeVictimAndNeighbour() throws IOException {
        neighbour = create("neighbour");
        neighbour.memory().setLong(WORD, 42);
        create(NAME).close();
        good = Files.readAllBytes(path());
    }

    @AfterEach
    void neighbourIsAsItWas() {
        assertEquals(42, neighbour.memory().getLong(WORD));
        assertEquals(1, neighbour.stat().liveAttachments());
        neighbour.detach();
    }

    private Path path() {
        return address(NAME).path();
    }

    /** Asserts that every way to use the region meets the same refusal and changes nothing. */
    private void assertFormatRefused(String field, String expected, String found) throws IOException {
        byte[] before = Files.isRegularFile(path(), LinkOption.NOFOLLOW_LINKS) ? Files.readAllBytes(path()) : null;
        for (Executable use : uses()) {
            RegionFormatException refused = assertRefused(
                    RegionFormatException.class, NAME, use, field, "expected " + expected, "found " + found);
            assertEquals(field, refused.field());
        }
        assertRefused(RegionExistsException.class, NAME, () -> create(NAME));
        assertTrue(Files.exists(path(), LinkOption.NOFOLLOW_LINKS));
        if (before != null) {
            assertArrayEquals(before, Files.readAllBytes(path()));
        }
    }

    private List<Executable> uses() {
        return List.of(
                () -> open(NAME),
                () -> Regions.open(address(NAME), KIND, READ_ONLY),
                () -> Regions.openOrCreate(address(NAME), SPEC, OPTIONS),
                () -> stat(NAME),
                () -> Regions.destroy(address(NAME), OPTIONS));
    }

    private void overwrite(long offset, byte... bytes) throws IOException {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(bytes), offset);
        }
    }

    private static byte[] nativeInt(int value) {
        return ByteBuffer.allocate(4)
                .order(ByteOrder.nativeOrder())
                .putInt(value)
                .array();
    }

    private void truncate(long length) throws IOException {
        try (FileChannel channel = FileChannel.open(path(), StandardOpenOption.WRITE)) {
            channel.truncate(length);
        }
    }

    @Test
    void refusesAWrongMagic() throws IOException {
        overwrite(RegionHeaderLayout.MAGIC, (byte) 'X');
        assertFormatRefused("magic", "0x534c554943450001", "0x584c554943450001");
    }

    @Test
    void refusesAnotherLayoutVersion() throws IOException {
        overwrite(RegionHeaderLayout.LAYOUT_VERSION, nativeInt(2));
        assertFormatRefused("layout version", "1", "2");
    }

    @Test
    void refusesTheOtherByteOrder() throws IOException {
        overwrite(RegionHeaderLayout.BYTE_ORDER, nativeInt(0x04030201));
        assertFormatRefused("byte order", "0x1020304", "0x4030201");
    }

    @Test
    void refusesAWrongChecksum() throws IOException {
        overwrite(RegionHeaderLayout.HEADER_CRC, nativeInt(0));
        assertFormatRefused("header CRC", "0x", "0x0");
    }

    @Test
    void refusesAFieldThatTheChecksumDoesNotFit() throws IOException {
        overwrite(RegionHeaderLayout.GEOMETRY, (byte) 99);
        assertFormatRefused("header CRC", "0x", "0x");
    }

    @Test
    void refusesAShorterFile() throws IOException {
        truncate(good.length - 4096);
        assertFormatRefused("file size", good.length + " bytes", good.length - 4096 + " bytes");
    }

    @Test
    void refusesALongerFile() throws IOException {
        overwrite(good.length, new byte[4096]);
        assertFormatRefused("file size", good.length + " bytes", good.length + 4096 + " bytes");
    }

    @Test
    void refusesAFileWithoutRoomForAHeader() throws IOException {
        for (long length : new long[] {RegionHeaderLayout.CONTROL_BYTES - 1, 4096, 511, 8, 1}) {
            truncate(length);
            assertFormatRefused("file size", "at least 20480 bytes", length + " bytes");
        }
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        truncate(0);
        assertFormatRefused("file size", "at least 20480 bytes", "0 bytes");
    }

    @Test
    void refusesASymbolicLink() throws IOException {
        Files.delete(path());
        Files.createSymbolicLink(path(), address("neighbour").path());
        assertFormatRefused("file type", "a plain file", "a symbolic link");
    }

    @Test
    void refusesASymbolicLinkToNowhere() throws IOException {
        Files.delete(path());
        Files.createSymbolicLink(path(), directory().resolve("nowhere"));
        assertFormatRefused("file type", "a plain file", "a symbolic link");
        assertFalse(Files.exists(directory().resolve("nowhere")));
    }

    @Test
    void refusesADirectory() throws IOException {
        Files.delete(path());
        Files.createDirectory(path());
        assertFormatRefused("file type", "a plain file", "a directory");
    }

    @Test
    void refusesAPipeWithoutWaitingForIt() throws Exception {
        Files.delete(path());
        assertEquals(0, new ProcessBuilder("mkfifo", path().toString()).start().waitFor());
        assertFormatRefused("file type", "a plain file", "a pipe");
    }

    @Test
    void refusesAnotherKind() throws IOException {
        assertRefused(
                RegionFormatException.class,
                NAME,
                () -> Regions.open(address(NAME), "ring.spsc", OPTIONS),
                "kind: expected ring.spsc, found test");
        assertRefused(
                RegionFormatException.class,
                NAME,
                () -> Regions.openOrCreate(address(NAME), RegionSpec.of("mutex", 0), OPTIONS),
                "kind: expected mutex, found test");
        assertArrayEquals(good, Files.readAllBytes(path()));
    }

    @Test
    void refusesAnotherOwnersFileUnlessAskedNotTo() throws IOException {
        Assumptions.assumeTrue(isRoot(), "only root gives files away");
        Files.setAttribute(path(), "unix:uid", 65_534);
        for (Executable use : uses()) {
            assertRefused(RegionAccessException.class, NAME, use, "owner: expected user 0, found user 65534");
        }
        assertArrayEquals(good, Files.readAllBytes(path()));
        assertEquals(65_534, Regions.stat(address(NAME), true).ownerId());
        try (Region region = Regions.open(address(NAME), KIND, OPTIONS.withForeignOwner(true))) {
            assertEquals(1, region.stat().liveAttachments());
        }
    }

    @Test
    void refusesAFileWithoutPermission() throws IOException {
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("---------"));
        ChildJvm child = unprivilegedChild();
        for (String command : List.of("open", "readOnly", "openOrCreate", "stat", "remove")) {
            String answer = child.ask(command + " " + NAME);
            assertTrue(answer.startsWith("RegionAccessException " + path()), answer);
            assertTrue(answer.contains("Permission denied"), answer);
        }
        assertEquals("done", child.ask("create another"));
    }

    @Test
    void readsAFileThatOnlyMayBeRead() throws IOException {
        Files.setPosixFilePermissions(path(), PosixFilePermissions.fromString("r--r--r--"));
        ChildJvm child = unprivilegedChild();
        assertTrue(child.ask("open " + NAME).startsWith("RegionAccessException " + path()));
        assertEquals("done", child.ask("readOnly " + NAME));
        assertEquals("0", child.ask("get"));
        String refused = child.ask("set 1");
        assertTrue(refused.startsWith("ReadOnlyRegionException " + path()), refused);
        refused = child.ask("destroy");
        assertTrue(refused.startsWith("RegionAccessException " + path()), refused);
        assertEquals("done", child.ask("detach"));
        assertArrayEquals(good, Files.readAllBytes(path()));
    }

    @Test
    void refusesADirectoryWithoutPermission() throws IOException {
        ChildJvm child = unprivilegedChild();
        assertEquals("done", child.ask("open " + NAME));
        Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("r-xr-xr-x"));
        String answer = child.ask("create another");
        assertTrue(answer.startsWith("RegionAccessException " + directory()), answer);
        assertTrue(answer.contains("Permission denied"), answer);
        answer = child.ask("remove " + NAME);
        assertTrue(answer.startsWith("RegionAccessException " + directory()), answer);
        assertTrue(exists(NAME));
        Files.setPosixFilePermissions(directory(), PosixFilePermissions.fromString("rwx------"));
    }

    /** A child that file permissions apply to, also where this JVM runs as root. */
    private ChildJvm unprivilegedChild() {
        return isRoot() ? childUnder(List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search")) : child();
    }

    @Test
    void refusesADirectoryThatIsAFile() {
        Path file = path();
        RegionAddress inside = RegionAddress.of(file, "a");
        assertThrows(RegionNotFoundException.class, () -> Regions.open(inside, KIND, OPTIONS));
        RegionAccessException refused =
                assertThrows(RegionAccessException.class, () -> Regions.create(inside, SPEC, OPTIONS));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        refused = assertThrows(RegionAccessException.class, () -> Regions.list(file));
        assertEquals(file + ": is not a directory", refused.getMessage());
    }

    @Test
    void refusesUseAfterTheParticipantsFileWasDeleted() throws IOException {
        Region region = open(NAME);
        Files.delete(directory().resolve(".participants"));
        for (Executable use : uses().subList(0, 4)) {
            assertRefused(RegionFormatException.class, NAME, use, "participants file", "deleted");
        }
        region.memory().setLong(WORD, 1);
        assertEquals(1, region.memory().getLong(WORD));
        region.detach();
        assertThrows(DetachedException.class, () -> region.memory().getLong(WORD));
        Regions.destroy(address(NAME), OPTIONS);
        assertFalse(exists(NAME));
        create("new").close();
    }

    @Test
    void refusesADamagedParticipantsFile() throws IOException {
        Path participants = directory().resolve(".participants");
        Files.delete(participants);
        Files.write(participants, new byte[64]);
        RegionAccessException refused = assertThrows(RegionAccessException.class, () -> open(NAME));
        assertTrue(refused.getMessage().contains(participants.toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains("magic"), refused.getMessage());
        assertArrayEquals(new byte[64], Files.readAllBytes(participants));
        Files.delete(participants);
    }

    @Test
    void aLiveProcessKeepsTheRegionAlsoOnceTheParticipantsFileIsGone() throws IOException {
        Region region = Regions.create(address("last"), SPEC, LAST);
        ChildJvm child = child();
        assertEquals("done", child.ask("open last"));
        Files.delete(directory().resolve(".participants"));
        region.detach();
        assertTrue(exists("last"));
        assertEquals("done", child.ask("set 5"));
        assertEquals("5", child.ask("get"));
    }

    @Test
    void aNewcomerTakesNoNameFromALiveProcessOnceTheParticipantsFileIsGone() throws IOException {
        // The child holds its life in the first participants file, this process in the second one.
        ChildJvm other = child();
        assertEquals("done", other.ask("createLast short-lived"));
        Files.delete(directory().resolve(".participants"));
        assertRefused(
                RegionExistsException.class, "short-lived", () -> Regions.create(address("short-lived"), SPEC, LAST));
        assertTrue(exists("short-lived"));
        assertEquals("done", other.ask("set 5"));
    }

    @Test
    void aLeftoverThatCannotBeDeletedStopsNobody() throws IOException {
        // A directory in its place stands for a file of another user in a directory with the sticky bit.
        Path leftover = Files.createDirectory(directory().resolve(".other.1.1.tmp"));
        Files.createFile(leftover.resolve("inside"));
        try (Region region = create("next")) {
            region.memory().setLong(WORD, 1);
        }
        assertTrue(Files.exists(leftover));
    }

    @Test
    void declaresNobodyDeadOnceTheParticipantsFileIsGone() throws IOException {
        Region region = Regions.create(address("last"), SPEC, LAST);
        ChildJvm child = child();
        assertEquals("done", child.ask("open last"));
        child.kill();
        Files.delete(directory().resolve(".participants"));
        ParticipantsReplacedException refused = assertThrows(ParticipantsReplacedException.class, region::detach);
        assertTrue(refused.getMessage().contains("nobody can be proved dead"), refused.getMessage());
        assertTrue(exists("last"));
        assertThrows(DetachedException.class, () -> region.memory().getLong(WORD));
        assertThrows(DetachedException.class, () -> region.control().getLong(WORD));
    }

    @Test
    void refusesNamesThatAreNone() {
        for (String name : List.of(
                "",
                ".",
                "..",
                ".hidden",
                "a/b",
                "../a",
                "/a",
                "a\\b",
                "a b",
                "a\n",
                "a\0b",
                "\u001b[2J",
                "\u00e9",
                "a".repeat(201))) {
            IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> address(name), "accepted " + name);
            String message = refused.getMessage();
            assertTrue(message.contains("expected 1 to 200 letters"), message);
            assertTrue(message.chars().allMatch(c -> c >= ' ' && c < 127), message);
            assertTrue(message.length() < 250, message);
        }
        assertThrows(NullPointerException.class, () -> address(null));
        create("a".repeat(200)).close();
        create("-x_1.Z").close();
    }

    @Test
    void refusesSizesThatAreNone() throws IOException {
        for (long bytes : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE, Long.MAX_VALUE / 2 + 1}) {
            assertThrows(IllegalArgumentException.class, () -> RegionSpec.of(KIND, bytes));
        }
        for (String kind : List.of("", "A", "a b", "x".repeat(32), "\u00e9")) {
            assertThrows(IllegalArgumentException.class, () -> RegionSpec.of(kind, 1));
        }
        assertThrows(IllegalArgumentException.class, () -> RegionSpec.of(KIND, 1, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L));
        long huge = Long.MAX_VALUE / 2;
        assertRefused(
                NoSpaceException.class,
                "huge",
                () -> Regions.create(address("huge"), RegionSpec.of(KIND, huge), OPTIONS),
                "no room for");
        assertEquals(List.of("neighbour", NAME), files());
    }

    @Test
    void refusesARegionLargerThanTheFreeSpace() throws IOException {
        long free = Files.getFileStore(directory()).getTotalSpace() + 4096;
        assertRefused(
                NoSpaceException.class,
                "huge",
                () -> Regions.create(address("huge"), RegionSpec.of(KIND, free), OPTIONS),
                "no room for");
        assertEquals(List.of("neighbour", NAME), files());
    }

    @Test
    void opensACopyOfARegionUnderAnotherName() throws IOException {
        byte[] copy = Arrays.copyOf(good, good.length);
        Files.write(directory().resolve("copy"), copy);
        try (Region region = open("copy")) {
            assertEquals(KIND, region.kind());
        }
    }
}
