package io.sluice.api.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A file system that is full, and one that cannot be written, which a child process mounts for itself alone. */
@Timeout(120)
class FileSystemTest {

    private static final String MOUNT = "mount -t tmpfs -o size=256k,mode=700 tmpfs \"$0\"";

    private TestDirectory directory;

    @BeforeEach
    void createDirectory() throws IOException, InterruptedException {
        directory = TestDirectory.create();
        Process probe = new ProcessBuilder("unshare", "-m", "sh", "-c", MOUNT, mountPoint()).start();
        assumeTrue(probe.waitFor() == 0, "mounts are not permitted here: needs root and unshare");
    }

    @AfterEach
    void removeDirectory() throws IOException {
        directory.close();
    }

    private String mountPoint() {
        return directory.path().toString();
    }

    /** Starts the scene by way of a shell that has the mount point as $0 and the command as its arguments. */
    private ChildJvm start(String script, String role) {
        return ChildJvm.startUnder(
                List.of("unshare", "-m", "sh", "-c", script, mountPoint()), FileSystemScene.class, mountPoint(), role);
    }

    @Test
    void aFullFileSystemIsAnExceptionAndHurtsNoRegionThatIsThere() {
        try (ChildJvm scene = start(MOUNT + " && exec \"$@\"", "full")) {
            assertEquals("filled", scene.awaitLine());
            assertEquals(
                    "create: NoSpaceException: " + Path.of(mountPoint(), "new") + ": no room for 20480 bytes",
                    scene.awaitLine());
            assertEquals(
                    "create in a new directory: RegionAccessException: " + Path.of(mountPoint(), "inside")
                            + ": cannot hold regions: No space left on device",
                    scene.awaitLine());
            assertEquals("left: [.participants, ballast, inside, there] []", scene.awaitLine());
            assertEquals("open: " + (RegionHeaderLayout.BODY + 4096 - Long.BYTES), scene.awaitLine());
            assertEquals("create with room: new", scene.awaitLine());
            assertEquals(0, scene.awaitExit(), scene::errors);
        }
    }

    @Test
    void aFileSystemThatCannotBeWrittenIsAnExceptionThatSaysSo() {
        String script = MOUNT + " && \"$@\" prepare && mount -o remount,ro \"$0\" && exec \"$@\"";
        try (ChildJvm scene = start(script, "read-only")) {
            assertEquals("prepared", scene.awaitLine());
            for (String use : List.of("create", "open", "destroy", "stat")) {
                String line = scene.awaitLine();
                assertTrue(line.startsWith(use + ": RegionAccessException: " + mountPoint()), line);
                assertTrue(line.contains("Read-only file system"), line);
            }
            assertEquals(0, scene.awaitExit(), scene::errors);
        }
    }
}
