package io.sluice.benchmarks.transport;

import java.nio.file.Path;

/**
 * One direction between two processes.
 *
 * @param directory a fresh directory that both processes see
 * @param name what to call the channel's file in it
 * @param capacity bytes that a ring holds
 * @param longest bytes of the longest message
 */
public record Channel(Path directory, String name, long capacity, int longest) {

    /** The channel's file. */
    public Path path() {
        return directory.resolve(name);
    }
}
