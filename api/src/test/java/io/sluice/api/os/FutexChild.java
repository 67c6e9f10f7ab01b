package io.sluice.api.os;

import io.sluice.api.testing.ChildConsole;
import java.nio.file.Path;

/** Sleeps on the first word of a file, says so before, and says afterwards why it woke. Arguments: file, nanoseconds. */
final class FutexChild {

    private FutexChild() {}

    public static void main(String[] arguments) {
        try (NativeFile file = NativeFile.open(Path.of(arguments[0]), NativeFile.READ_WRITE, 0)) {
            long word = Mmap.map(file.fd(), 4096, true);
            ChildConsole console = new ChildConsole();
            console.say("sleeping");
            console.say(Futex.wait(word, 0, Long.parseLong(arguments[1])).toString());
            Mmap.unmap(word, 4096);
        }
    }
}
