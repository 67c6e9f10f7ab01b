package io.sluice.benchmarks.locks;

import io.sluice.benchmarks.peer.AtExit;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The program in C that uses pthread's locks, compiled with gcc where there is one. */
final class NativeProgram {

    private static final String SOURCE = "native.c";

    private final Path executable;

    private NativeProgram(Path executable) {
        this.executable = executable;
    }

    /**
     * Compiles it in {@code directory}.
     *
     * @return empty if there is no gcc
     * @throws IllegalStateException with what gcc says, if it does not compile
     */
    static Optional<NativeProgram> compile(Path directory) throws IOException, InterruptedException {
        Path source = directory.resolve(SOURCE);
        try (InputStream stream = NativeProgram.class.getResourceAsStream(SOURCE)) {
            Files.copy(stream, source);
        }
        Path executable = directory.resolve("native");
        Process gcc;
        try {
            ProcessBuilder builder = new ProcessBuilder(
                            "gcc", "-O2", "-pthread", "-o", executable.toString(), source.toString())
                    .redirectErrorStream(true);
            gcc = AtExit.unlessEnding(builder::start);
        } catch (IOException e) {
            return Optional.empty();
        }
        String complaints = new String(gcc.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (gcc.waitFor() != 0) {
            throw new IllegalStateException("gcc does not compile " + SOURCE + ":\n" + complaints);
        }
        return Optional.of(new NativeProgram(executable));
    }

    /** A command that runs it. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(executable.toString());
        command.addAll(arguments);
        return command;
    }
}
