package io.sluice.api.region;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * What a region says about itself, read without attaching.
 *
 * @param path file
 * @param kind such as {@code ring.spsc}
 * @param sizeBytes bytes of the file
 * @param geometry 8 numbers, meaning by kind
 * @param mode permission bits
 * @param ownerId user id of the file's owner
 * @param creatorPid process id of the creator, as it saw itself
 * @param creatorUser user name of the creator
 * @param creatorCommand command of the creator
 * @param creatorAlive whether the creating process still lives
 * @param created when
 * @param lastAttach when somebody attached last, {@link Instant#EPOCH} if never
 * @param lastDetach when somebody detached last, {@link Instant#EPOCH} if never
 * @param destroyOnLastDetach whether it goes with its last live attachment
 * @param destroyed whether it was destroyed and only still has attachments
 * @param attachments who is attached
 */
public record RegionInfo(
        Path path,
        String kind,
        long sizeBytes,
        List<Long> geometry,
        int mode,
        int ownerId,
        long creatorPid,
        String creatorUser,
        String creatorCommand,
        boolean creatorAlive,
        Instant created,
        Instant lastAttach,
        Instant lastDetach,
        boolean destroyOnLastDetach,
        boolean destroyed,
        List<Attachment> attachments) {

    /** Copies the lists. */
    public RegionInfo {
        geometry = List.copyOf(geometry);
        attachments = List.copyOf(attachments);
    }

    /** How many attachments belong to live processes. */
    public long liveAttachments() {
        return attachments.stream().filter(Attachment::alive).count();
    }

    /**
     * One process's use of a region; a process that attached twice has two.
     *
     * @param token identity of the process
     * @param pid its process id, as it saw itself; for people
     * @param command what it runs; for people
     * @param since when it attached
     * @param readOnly whether it may only read
     * @param alive whether the process lives; a stopped one does
     */
    public record Attachment(long token, long pid, String command, Instant since, boolean readOnly, boolean alive) {}
}
