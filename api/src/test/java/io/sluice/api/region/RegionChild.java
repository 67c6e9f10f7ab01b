package io.sluice.api.region;

import io.sluice.api.memory.MappingMode;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.testing.ChildConsole;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A process that uses regions of the directory in its argument. It says {@code ready} and then answers each line with
 * one line, which is the name of an exception and its message if the command failed:
 *
 * <pre>
 *   create NAME | createLast NAME | open NAME | openOrCreate NAME | readOnly NAME   attaches; "done"
 *   mapping MODE      how later commands map; "done"
 *   big NAME BYTES    creates a region with a body of so many bytes; "done"
 *   get | set VALUE   the test's word of the region attached last
 *   fill VALUE        stores it into every word of the region attached last; "done"
 *   detach | destroy  the region attached last; "done"
 *   stat NAME         number of live attachments
 *   list              names of everything in the directory, sorted
 *   remove NAME       destroys it; "done"
 *   linger NAME       creates and says "half" when all but the name is there; then waits to be killed
 *   churn NAME        creates and destroys without end and says nothing
 * </pre>
 */
final class RegionChild {

    private final ChildConsole console = new ChildConsole();
    private final Deque<Region> regions = new ArrayDeque<>();
    private final Path directory;
    private RegionOptions options = RegionScene.OPTIONS;

    private RegionChild(Path directory) {
        this.directory = directory;
    }

    public static void main(String[] arguments) {
        new RegionChild(Path.of(arguments[0])).run();
    }

    private void run() {
        console.say("ready");
        for (String line = console.hear(); line != null; line = console.hear()) {
            console.say(answer(line.split(" ", -1)));
        }
    }

    private String answer(String[] words) {
        try {
            return obey(words);
        } catch (RuntimeException e) {
            return e.getClass().getSimpleName() + " " + e.getMessage();
        }
    }

    private String obey(String[] words) {
        return switch (words[0]) {
            case "create" -> attached(Regions.create(address(words), RegionScene.SPEC, options));
            case "createLast" ->
                attached(Regions.create(address(words), RegionScene.SPEC, options.withDestroyOnLastDetach(true)));
            case "open" -> attached(Regions.open(address(words), RegionScene.KIND, options));
            case "openOrCreate" -> attached(Regions.openOrCreate(address(words), RegionScene.SPEC, options));
            case "readOnly" -> attached(Regions.open(address(words), RegionScene.KIND, options.withReadOnly(true)));
            case "mapping" -> {
                options = options.withMapping(MappingMode.valueOf(words[1].toUpperCase(Locale.ROOT)));
                yield "done";
            }
            case "big" ->
                attached(Regions.create(
                        address(words), RegionSpec.of(RegionScene.KIND, Long.parseLong(words[2])), options));
            case "get" -> Long.toString(regions.getLast().memory().getLongAcquire(RegionScene.WORD));
            case "set" -> {
                regions.getLast().memory().setLongRelease(RegionScene.WORD, Long.parseLong(words[1]));
                yield "done";
            }
            case "fill" -> fill(Long.parseLong(words[1]));
            case "detach" -> {
                regions.removeLast().detach();
                yield "done";
            }
            case "destroy" -> {
                regions.getLast().destroy();
                yield "done";
            }
            case "stat" -> Long.toString(Regions.stat(address(words), false).liveAttachments());
            case "list" -> list();
            case "remove" -> {
                Regions.destroy(address(words), options);
                yield "done";
            }
            case "linger" -> linger(words);
            case "churn" -> churn(words);
            default -> throw new IllegalArgumentException(words[0]);
        };
    }

    private String fill(long value) {
        RegionMemory memory = regions.getLast().memory();
        for (long offset = RegionScene.WORD; offset < memory.size(); offset += Long.BYTES) {
            memory.setLong(offset, value);
        }
        return "done";
    }

    private String list() {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.joining(" "));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String linger(String[] words) {
        Regions.create(address(words), RegionScene.SPEC, options, memory -> {
            console.say("half");
            console.hear();
        });
        return "done";
    }

    private String churn(String[] words) {
        while (true) {
            try (Region region = Regions.create(address(words), RegionScene.SPEC, options)) {
                region.destroy();
            }
        }
    }

    private RegionAddress address(String[] words) {
        return RegionAddress.of(directory, words[1]);
    }

    private String attached(Region region) {
        regions.addLast(region);
        return "done";
    }
}
