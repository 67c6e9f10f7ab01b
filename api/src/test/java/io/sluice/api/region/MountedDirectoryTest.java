package io.sluice.api.region;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.sluice.api.identity.ProcessIdentity;
import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Full and read-only file systems: mounted over the directory for a child alone, in a mount namespace of its own. */
class MountedDirectoryTest extends RegionScene {

    private ChildJvm childOn(String options, String... commands) throws IOException, InterruptedException {
        String mount =
                "mount -t tmpfs -o " + options + " tmpfs " + directory() + " && " + String.join(" && ", commands);
        Process probe = new ProcessBuilder("unshare", "-m", "sh", "-c", mount + " && true")
                .redirectErrorStream(true)
                .start();
        String said = new String(probe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Assumptions.assumeTrue(probe.waitFor() == 0, () -> "no mounts allowed here: " + said);
        return childUnder(List.of("unshare", "-m", "sh", "-c", mount + " && exec \"$@\"", "sh"));
    }

    @Test
    void aFullFileSystemIsAnExceptionAtCreationAndLeavesNothing() throws Exception {
        ChildJvm child = childOn("size=1m", "true");
        assertEquals("done", child.ask("create small"));
        for (int i = 0; i < 3; i++) {
            String answer = child.ask("big large 1000000");
            assertTrue(answer.startsWith("NoSpaceException " + address("large").path() + ": no room for "), answer);
        }
        assertEquals("done", child.ask("set 42"));
        assertEquals(".participants small", child.ask("list"));
        // What the refused ones had taken already was given back.
        assertEquals("done", child.ask("big fits 600000"));
        assertEquals("done", child.ask("detach"));
        assertEquals("42", child.ask("get"));
    }

    @Test
    void aRegionOfAFileSystemThatIsFullByNowHasAllItsBytes() throws Exception {
        ChildJvm child = childOn("size=256k", "true");
        assertEquals("done", child.ask("create there"));
        String answer = "";
        for (int ballast = 0; !answer.startsWith("NoSpaceException"); ballast++) {
            answer = child.ask("big ballast" + ballast + " 1");
        }
        assertEquals("done", child.ask("open there"));
        assertEquals("done", child.ask("fill 7"));
        assertEquals("7", child.ask("get"));
    }

    @Test
    void aFileSystemWithoutAByteLeftRefusesTheFirstRegion() throws Exception {
        ChildJvm child = childOn("size=64k", "dd if=/dev/zero of=" + directory() + "/fill bs=4k count=15 2>/dev/null");
        String answer = child.ask("create a");
        assertTrue(answer.startsWith("NoSpaceException " + address("a").path()), answer);
    }

    @Test
    void aFileSystemWithoutAnyInodesLeftRefusesTheFirstRegion() throws Exception {
        ChildJvm child = childOn("size=1m,nr_inodes=2", "true");
        String answer = child.ask("create a");
        assertTrue(answer.contains("Exception " + directory()), answer);
        assertTrue(answer.contains("No space left on device"), answer);
    }

    @Test
    void aReadOnlyFileSystemRefusesRegions() throws Exception {
        // Made where one can write, shown where one cannot.
        try (TestDirectory elsewhere = TestDirectory.create()) {
            Regions.create(RegionAddress.of(elsewhere.path(), "a"), SPEC, OPTIONS)
                    .close();
            ProcessIdentity.in(elsewhere.path()).close();
            ChildJvm child = childOn(
                    "size=1m", "cp -a " + elsewhere.path() + "/. " + directory(), "mount -o remount,ro " + directory());
            for (String command : List.of("create b", "open a", "openOrCreate a", "remove a", "readOnly a", "stat a")) {
                String answer = child.ask(command);
                assertTrue(answer.startsWith("RegionAccessException " + directory()), answer);
                assertTrue(answer.contains("Read-only file system"), answer);
            }
        }
    }
}
