package io.sluice.stress.jcstress.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jcstress.infra.collectors.TestResult;

/**
 * What came of each JVM, in a file that is only ever appended to, so that a run can be continued after it was cut off
 * and parts be added up. The first line, its title, says what was run where, and is the same for all that may share a
 * file; each other one is a {@link Kept}. Confined to one thread at a time.
 */
final class Results {

    private final Path file; // null: nothing is kept
    private final Map<String, Kept> kept = new HashMap<>();

    private Results(Path file) {
        this.file = file;
    }

    /** Keeps nothing. */
    static Results none() {
        return new Results(null);
    }

    /**
     * What {@code file} has, and what will be added to it.
     *
     * @param title what is run on what; the file must be of the same, or new
     * @throws IllegalArgumentException if there is anything else in the file, which is left as it is; names the line,
     *     the field, what was expected and what was found
     */
    static Results in(Path file, String title) throws IOException {
        byte[] bytes = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        byte[] head = (title + "\n").getBytes(StandardCharsets.UTF_8);
        if (Arrays.mismatch(bytes, head) == bytes.length) {
            // New, or cut off when it was.
            Files.write(file, head);
            return new Results(file);
        }
        int end = endOfLastLine(bytes);
        Results results = new Results(file);
        results.read(lines(file, bytes, end), title);
        if (end < bytes.length) {
            // The last line was cut off, with its JVM's result; it must not be continued by the next one.
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.truncate(end);
            }
        }
        return results;
    }

    private static int endOfLastLine(byte[] bytes) {
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n') {
            end--;
        }
        return end;
    }

    private static List<String> lines(Path file, byte[] bytes, int end) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, end))
                    .toString()
                    .lines()
                    .toList();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": expected text in UTF-8, found other bytes", e);
        }
    }

    private void read(List<String> lines, String title) {
        String found = lines.isEmpty() ? "" : lines.get(0);
        if (!found.equals(title)) {
            throw Kept.refused(where(1), "title", "'" + title + "'", found);
        }
        for (int line = 2; line <= lines.size(); line++) {
            Kept next = Kept.read(where(line), lines.get(line - 1));
            kept.put(next.key(), next);
        }
    }

    private String where(int line) {
        return file + ", line " + line;
    }

    /** The result of a JVM that has run; null if it has not. */
    Kept of(Job job) {
        return kept.get(job.key());
    }

    void add(Job job, TestResult result) {
        if (file == null) {
            return;
        }
        String line = new Kept(job.key(), result, Duration.ofMillis(result.getConfig().time)).line();
        try {
            Files.writeString(file, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
