package io.sluice.api.identity;

import java.io.IOException;
import java.nio.file.Path;

/** The file with the name of the participants file is something else, or damaged. It was only read. */
public final class ParticipantsFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    ParticipantsFormatException(Path path, String field, String expected, String found) {
        super(path + " is not a usable participants file: " + field + " is " + found + ", expected " + expected);
    }
}
