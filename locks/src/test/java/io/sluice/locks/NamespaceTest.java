package io.sluice.locks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.api.testing.ChildJvm;
import io.sluice.api.testing.TestDirectory;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Locks between containers: processes that have the same process id, each in a pid namespace of its own. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NamespaceTest {

    private static final List<String> NEW_PID_NAMESPACE =
            List.of("unshare", "--pid", "--fork", "--mount-proc", "--kill-child");

    @BeforeEach
    void assumeNamespacesArePermitted() throws InterruptedException {
        int code = -1;
        try {
            code = new ProcessBuilder("unshare", "--pid", "--fork", "--mount-proc", "true")
                    .start()
                    .waitFor();
        } catch (IOException e) {
            // There is no such command.
        }
        assumeTrue(code == 0, "pid namespaces are not permitted here: needs root and unshare");
    }

    @Test
    void takesEveryLockFromTheDeadOfAnotherNamespaceAndFromNobodyElse() throws IOException {
        try (TestDirectory directory = TestDirectory.create();
                ChildJvm holder = child(directory);
                ChildJvm heir = child(directory)) {
            assertEquals(holder.awaitLine("ready "), heir.awaitLine("ready "), "process ids");
            assertEquals("done", holder.ask("hold"));
            assertEquals("refused", heir.ask("try"));
            heir.send("sleep");
            assertEquals("done", holder.ask("wake"));
            assertEquals("woken", heir.awaitLine());
            heir.send("await");
            holder.kill();
            assertEquals("mutex told, written told, latch told, barrier told", heir.awaitLine());
        }
    }

    private static ChildJvm child(TestDirectory directory) {
        return ChildJvm.startUnder(
                NEW_PID_NAMESPACE, NamespaceChild.class, directory.path().toString());
    }
}
