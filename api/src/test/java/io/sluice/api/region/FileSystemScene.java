package io.sluice.api.region;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ChildConsole;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/** What a process finds on a file system of its own that is full, or that cannot be written. */
final class FileSystemScene {

    private static final String KIND = "test";
    private static final long BYTES = 4096;
    private static final RegionOptions OPTIONS = RegionOptions.DEFAULT;

    private static final ChildConsole CONSOLE = new ChildConsole();

    private FileSystemScene() {}

    public static void main(String[] arguments) throws IOException {
        Path directory = Path.of(arguments[0]);
        // The last one: the shell that prepares for "read-only" adds to its command.
        switch (arguments[arguments.length - 1]) {
            case "prepare" -> prepare(directory);
            case "full" -> full(directory);
            default -> readOnly(directory);
        }
    }

    private static RegionAddress address(Path directory, String name) {
        return RegionAddress.of(directory, name);
    }

    private static void prepare(Path directory) {
        try (Region region = Regions.create(address(directory, "there"), RegionSpec.of(KIND, BYTES), OPTIONS)) {
            region.memory().setLong(RegionHeaderLayout.BODY, 42);
        }
        CONSOLE.say("prepared");
    }

    private static void full(Path directory) throws IOException {
        Path inside = Files.createDirectory(directory.resolve("inside"));
        try (Region region = Regions.create(address(directory, "there"), RegionSpec.of(KIND, BYTES), OPTIONS)) {
            fill(directory.resolve("ballast"));
            say("create", () -> Regions.create(address(directory, "new"), RegionSpec.of(KIND, BYTES), OPTIONS));
            say(
                    "create in a new directory",
                    () -> Regions.create(address(inside, "new"), RegionSpec.of(KIND, BYTES), OPTIONS));
            CONSOLE.say("left: " + names(directory) + " " + names(inside));
            // Every byte has its page already: writing needs no room.
            RegionMemory memory = region.memory();
            for (long offset = RegionHeaderLayout.BODY; offset < memory.size(); offset += Long.BYTES) {
                memory.setLong(offset, offset);
            }
            say("open", () -> {
                try (Region again = Regions.open(address(directory, "there"), KIND, OPTIONS)) {
                    return again.memory().getLong(RegionHeaderLayout.BODY + BYTES - Long.BYTES);
                }
            });
            Files.delete(directory.resolve("ballast"));
            say("create with room", () -> {
                try (Region next = Regions.create(address(directory, "new"), RegionSpec.of(KIND, BYTES), OPTIONS)) {
                    return next.address().name();
                }
            });
        }
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] bytes = new byte[512];
        try (OutputStream out = Files.newOutputStream(file)) {
            while (true) {
                out.write(bytes);
            }
        } catch (IOException full) {
            CONSOLE.say("filled");
        }
    }

    private static void readOnly(Path directory) {
        say("create", () -> Regions.create(address(directory, "new"), RegionSpec.of(KIND, BYTES), OPTIONS));
        say("open", () -> Regions.open(address(directory, "there"), KIND, OPTIONS));
        say("destroy", () -> {
            Regions.destroy(address(directory, "there"), OPTIONS);
            return "destroyed";
        });
        say("stat", () -> Regions.stat(address(directory, "there"), false).kind());
    }

    private static void say(String what, Callable<Object> call) {
        try {
            CONSOLE.say(what + ": " + call.call());
        } catch (Exception e) {
            CONSOLE.say(what + ": " + e.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
