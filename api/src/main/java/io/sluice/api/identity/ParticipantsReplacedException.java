package io.sluice.api.identity;

import java.nio.file.Path;

/**
 * The participants file was deleted or replaced while this process holds its token in it, so nobody can be proved dead
 * any more: a process that came later may hold its token in another file.
 *
 * <p>Nothing was decided and nothing taken from anybody. End the processes that use the directory, remove its regions
 * and start again.
 */
public final class ParticipantsReplacedException extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    ParticipantsReplacedException(Path path, String expected, String found) {
        super("the participants file " + path + " was deleted or replaced while in use: this process holds " + expected
                + ", the path names " + found + "; nobody can be proved dead");
    }
}
