package io.sluice.benchmarks.transport;

import java.nio.file.Path;

/**
 * One direction between processes.
 *
 * @param directory a fresh directory that all processes see
 * @param name what to call the channel's file in it
 * @param capacity bytes that a ring holds
 * @param longest bytes of the longest message
 * @param shape how many use it
 * @param party which of the producers, or of the consumers, this process is, from 0
 */
public record Channel(Path directory, String name, long capacity, int longest, Shape shape, int party) {

    /** The channel's file. */
    public Path path() {
        return directory.resolve(name);
    }

    /** Another file that belongs to the channel. */
    public Path path(String suffix) {
        return directory.resolve(name + suffix);
    }
}
