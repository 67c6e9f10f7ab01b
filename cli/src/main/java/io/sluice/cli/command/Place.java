package io.sluice.cli.command;

import io.sluice.api.identity.Participants;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says where regions are. */
final class Place {

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command;

    @Option(
            names = {"-d", "--dir"},
            paramLabel = "DIR",
            description = "Directory of regions. Default: environment variable SLUICE_DIR, else /dev/shm/sluice-USER.")
    private Path directory;

    Path directory() {
        return directory == null
                ? Settings.directory()
                : directory.toAbsolutePath().normalize();
    }

    /** Address of {@code name}; a name that cannot be one is wrong use. */
    RegionAddress address(String name) {
        try {
            return RegionAddress.of(directory(), name);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
    }

    /** Takes away what processes leave in a directory that has no regions any more. */
    void tidy() throws IOException {
        if (Files.isDirectory(directory())) {
            Participants.leave(directory());
        }
    }
}
