package io.sluice.cli.command;

import io.sluice.api.lock.LockKind;
import io.sluice.api.lock.LockStat;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.PeerState;
import io.sluice.api.ring.RingReport;
import io.sluice.ringbuffer.worker.WorkerFigures;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    /** Such as {@code live, pid 4711 java, backlog 112 bytes}, by the attachment that has the same token. */
    static String party(RingReport.Party party, RegionInfo region) {
        return lowerCase(party.state())
                + process(party.token(), region)
                + (party.backlogBytes() > 0 ? ", backlog " + party.backlogBytes() + " bytes" : "")
                + (party.missedBytes() > 0 ? ", missed " + party.missedBytes() + " bytes" : "");
    }

    /** Such as {@code running, live, pid 4711 java, delivered 17, ...}. */
    static String worker(WorkerFigures.Place place, RegionInfo figures) {
        String life = place.token() == 0 ? "" : place.alive() ? ", live" : ", dead";
        return lowerCase(place.state()) + life + process(place.token(), figures) + ", since " + time(place.since())
                + ", delivered " + place.delivered()
                + ", redelivered " + place.redelivered()
                + ", failed " + place.failed()
                + ", dead letters " + place.deadLettered()
                + ", discarded " + place.discarded()
                + ", full waits " + place.fullWaits()
                + ", lag " + place.lagBytes() + " bytes"
                + (place.damaged() > 0 ? ", damaged places " + place.damaged() : "");
    }

    /** Such as {@code live, pid 4711 java, thread 1, holds 2, since 2026-11-21 10:00:00}. */
    static String holder(LockStat.Holder holder, RegionInfo region) {
        return life(holder.alive(), holder.token(), holder.thread(), region)
                + (holder.count() > 0 ? ", holds " + holder.count() : "")
                + since(holder.since());
    }

    /** Such as {@code live, pid 4711 java, thread 1, wants 2, since 2026-11-21 10:00:00}. */
    static String waiter(LockStat.Waiter waiter, LockKind kind, RegionInfo region) {
        return life(waiter.alive(), waiter.token(), waiter.thread(), region)
                + (waiter.wanted() > 0 ? ", wants " + wanted(waiter.wanted(), kind) : "")
                + since(waiter.since());
    }

    private static String wanted(long wanted, LockKind kind) {
        if (kind == LockKind.READ_WRITE_LOCK) {
            return wanted == 1 ? "to read" : "to write";
        }
        return (kind == LockKind.EVENT_COUNT ? "event " : "") + wanted;
    }

    private static String life(boolean alive, long token, long thread, RegionInfo region) {
        return (alive ? "live" : "dead") + process(token, region) + (thread > 0 ? ", thread " + thread : "");
    }

    private static String since(Instant instant) {
        return instant.equals(Instant.EPOCH) ? "" : ", since " + time(instant);
    }

    private static String process(long token, RegionInfo region) {
        return region.attachments().stream()
                .filter(candidate -> token != 0 && candidate.token() == token)
                .findFirst()
                .map(found -> ", pid " + found.pid() + " " + found.command())
                .orElse("");
    }

    /** The states of several parties, shortly: {@code live}, or {@code 2 live, 1 dead} where there may be more. */
    static String states(List<RingReport.Party> parties) {
        if (parties.size() == 1) {
            return lowerCase(parties.get(0).state());
        }
        String present = Arrays.stream(PeerState.values())
                .filter(state -> state != PeerState.ABSENT)
                .map(state -> new Count(state, parties))
                .filter(count -> count.parties() > 0)
                .map(count -> count.parties() + " " + lowerCase(count.state()))
                .collect(Collectors.joining(", "));
        return present.isEmpty() ? lowerCase(PeerState.ABSENT) : present;
    }

    private record Count(PeerState state, long parties) {

        Count(PeerState state, List<RingReport.Party> all) {
            this(state, all.stream().filter(party -> party.state() == state).count());
        }
    }

    /** Nanoseconds as microseconds. */
    static String micros(long nanos) {
        return String.format(Locale.ROOT, "%.2f us", nanos / 1000.0);
    }
}
