package io.sluice.api.region;

import io.sluice.api.memory.RegionMemory;
import io.sluice.api.os.FileStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads a {@link RegionInfo} out of a header's memory. */
final class RegionReport {

    private RegionReport() {}

    static RegionInfo of(Path path, RegionHeader header, FileStatus status, RegionMemory memory) {
        return new RegionInfo(
                path,
                header.kind(),
                header.size(),
                header.geometry(),
                status.permissions(),
                status.userId(),
                header.creatorPid(),
                header.creatorUser(),
                header.creatorCommand(),
                memory.isAlive(header.creatorToken()),
                Instant.ofEpochMilli(header.createdMillis()),
                Instant.ofEpochMilli(memory.getLong(RegionHeaderLayout.ATTACHED_MILLIS)),
                Instant.ofEpochMilli(memory.getLong(RegionHeaderLayout.DETACHED_MILLIS)),
                header.isDestroyedOnLastDetach(),
                new LifeState(memory).isDestroyed(),
                attachments(memory));
    }

    private static List<RegionInfo.Attachment> attachments(RegionMemory memory) {
        List<RegionInfo.Attachment> attachments = new ArrayList<>();
        byte[] command = new byte[RegionHeaderLayout.ATTACHMENT_COMMAND_BYTES];
        for (int entry = 0; entry < RegionHeaderLayout.ATTACHMENT_COUNT; entry++) {
            long offset = AttachTable.offset(entry);
            long token = memory.getLongAcquire(offset);
            if (token == 0) {
                continue;
            }
            memory.copyOut(offset + RegionHeaderLayout.ATTACHMENT_COMMAND, command, 0, command.length);
            attachments.add(new RegionInfo.Attachment(
                    token,
                    memory.getLong(offset + RegionHeaderLayout.ATTACHMENT_PID),
                    RegionHeader.Texts.read(command, 0, command.length),
                    Instant.ofEpochMilli(memory.getLong(offset + RegionHeaderLayout.ATTACHMENT_SINCE_MILLIS)),
                    memory.getLong(offset + RegionHeaderLayout.ATTACHMENT_FLAGS) == RegionHeaderLayout.FLAG_READ_ONLY,
                    memory.isAlive(token)));
        }
        return attachments;
    }
}
