package io.sluice.api.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A participants file that somebody else put there, or damaged, is refused and left alone. */
class HostileParticipantsFileTest {

    private TestDirectory directory;
    private Path file;

    @BeforeEach
    void makeDirectory() throws IOException {
        directory = TestDirectory.create();
        file = directory.path().resolve(ParticipantsLayout.FILE_NAME);
    }

    @AfterEach
    void removeDirectory() throws IOException {
        directory.close();
    }

    private void assertRefused(LockKind kind, String reason) {
        ParticipantsFormatException refused = assertThrows(
                ParticipantsFormatException.class, () -> ProcessIdentity.in(directory.path(), kind.opener()));
        assertTrue(refused.getMessage().contains(file.toString()), refused.getMessage());
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());
    }

    @Test
    void refusesEveryFlippedBit() throws IOException {
        byte[] good = ParticipantsLayout.contentFor(42);
        assertEquals(42, ParticipantsLayout.idIn(good.clone(), good.length, file));
        for (int bit = 0; bit < good.length * 8; bit++) {
            byte[] bad = good.clone();
            bad[bit / 8] ^= (byte) (1 << (bit % 8));
            assertThrows(
                    ParticipantsFormatException.class,
                    () -> ParticipantsLayout.idIn(bad.clone(), bad.length, file),
                    "bit " + bit);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesForeignContentAndLeavesIt(LockKind kind) throws IOException {
        byte[] foreign = new byte[ParticipantsLayout.FILE_LENGTH];
        Arrays.fill(foreign, (byte) 'x');
        Files.write(file, foreign);
        assertRefused(kind, "magic");
        assertArrayEquals(foreign, Files.readAllBytes(file));
    }

    @ParameterizedTest
    @EnumSource
    void refusesWrongLength(LockKind kind) throws IOException {
        Files.write(file, new byte[0]);
        assertRefused(kind, "length is 0 bytes");
        Files.write(file, Arrays.copyOf(ParticipantsLayout.contentFor(1), 63));
        assertRefused(kind, "length is 63 bytes");
        Files.write(file, Arrays.copyOf(ParticipantsLayout.contentFor(1), 65));
        assertRefused(kind, "length is 65 bytes");
    }

    @ParameterizedTest
    @EnumSource
    void refusesSymbolicLink(LockKind kind) throws IOException {
        Path target = Files.write(directory.path().resolve("target"), ParticipantsLayout.contentFor(1));
        Files.createSymbolicLink(file, target);
        assertRefused(kind, "symbolic link");
    }

    @ParameterizedTest
    @EnumSource
    void refusesDirectory(LockKind kind) throws IOException {
        Files.createDirectory(file);
        assertRefused(kind, "type");
    }

    @ParameterizedTest
    @EnumSource
    void refusesPipeWithoutWaitingForItsOtherEnd(LockKind kind) throws Exception {
        assertEquals(0, new ProcessBuilder("mkfifo", file.toString()).start().waitFor());
        assertRefused(kind, "type");
    }

    @ParameterizedTest
    @EnumSource
    void refusesMissingDirectory(LockKind kind) throws IOException {
        Path missing = directory.path().resolve("missing");
        assertThrows(NoSuchFileException.class, () -> ProcessIdentity.in(missing, kind.opener()));
    }

    @ParameterizedTest
    @EnumSource
    void admitsWhoeverMayWriteIntoTheDirectory(LockKind kind) throws IOException {
        Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwxrwx---"));
        ProcessIdentity.in(directory.path(), kind.opener()).close();
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        Files.delete(file);
        Files.setPosixFilePermissions(directory.path(), PosixFilePermissions.fromString("rwx------"));
        ProcessIdentity.in(directory.path(), kind.opener()).close();
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }
}
