package io.sluice.cli.command;

import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.RingReport;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Inspections as people read them. */
final class Text {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");

    private Text() {}

    static String mode(RegionInfo region) {
        return String.format("%04o", region.mode());
    }

    static String lowerCase(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static String time(Instant instant) {
        return instant.equals(Instant.EPOCH) ? "never" : TIME.format(instant.atZone(ZoneId.systemDefault()));
    }

    /** Such as {@code 2 live, 1 dead}. */
    static String attached(RegionInfo region) {
        long live = region.liveAttachments();
        long dead = region.attachments().size() - live;
        return live + " live" + (dead == 0 ? "" : ", " + dead + " dead");
    }

    /** Such as {@code live 4711 java}, by the attachment that has the same token. */
    static String party(RingReport.Party party, RegionInfo region) {
        Optional<RegionInfo.Attachment> attachment = region.attachments().stream()
                .filter(candidate -> party.token() != 0 && candidate.token() == party.token())
                .findFirst();
        return lowerCase(party.state())
                + attachment
                        .map(found -> ", pid " + found.pid() + " " + found.command())
                        .orElse("");
    }

    /** The states of several parties, shortly. */
    static String states(List<RingReport.Party> parties) {
        return parties.stream().map(party -> lowerCase(party.state())).collect(Collectors.joining(","));
    }

    /** Nanoseconds as microseconds. */
    static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.2f us", nanos / 1000.0);
    }
}
