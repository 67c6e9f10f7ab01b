package io.sluice.cli.command;

import com.fasterxml.jackson.jr.ob.JSON;
import io.sluice.api.lock.LockStat;
import io.sluice.api.region.RegionInfo;
import io.sluice.api.ring.RingReport;
import io.sluice.ringbuffer.worker.WorkerFigures;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Inspections as JSON. Tokens are strings in hexadecimal, because they do not fit into a JavaScript number. */
final class Json {

    private Json() {}

    static String of(Object value) throws IOException {
        return JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(value);
    }

    static Map<String, Object> object(Inspection inspection) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("name", inspection.address().name());
        object.put("path", inspection.address().path().toString());
        inspection.fault().ifPresent(fault -> object.put("broken", fault));
        inspection.region().ifPresent(region -> addRegion(object, region));
        inspection.ring().ifPresent(ring -> object.put("ring", ring(ring)));
        inspection.lock().ifPresent(lock -> object.put("lock", lock(lock)));
        inspection.workers().ifPresent(workers -> object.put("workers", workers(workers)));
        return object;
    }

    private static void addRegion(Map<String, Object> object, RegionInfo region) {
        object.put("kind", region.kind());
        object.put("sizeBytes", region.sizeBytes());
        object.put("mode", Text.mode(region));
        object.put("ownerId", region.ownerId());
        Map<String, Object> creator = new LinkedHashMap<>();
        creator.put("pid", region.creatorPid());
        creator.put("user", region.creatorUser());
        creator.put("command", region.creatorCommand());
        creator.put("alive", region.creatorAlive());
        object.put("creator", creator);
        object.put("created", region.created().toString());
        object.put("lastAttach", time(region.lastAttach()));
        object.put("lastDetach", time(region.lastDetach()));
        object.put("destroyOnLastDetach", region.destroyOnLastDetach());
        object.put("destroyed", region.destroyed());
        object.put(
                "attachments",
                region.attachments().stream().map(Json::attachment).toList());
    }

    private static String time(Instant instant) {
        return instant.equals(Instant.EPOCH) ? null : instant.toString();
    }

    private static Map<String, Object> attachment(RegionInfo.Attachment attachment) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("token", token(attachment.token()));
        object.put("pid", attachment.pid());
        object.put("command", attachment.command());
        object.put("since", attachment.since().toString());
        object.put("readOnly", attachment.readOnly());
        object.put("alive", attachment.alive());
        return object;
    }

    private static Map<String, Object> ring(RingReport ring) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", Text.lowerCase(ring.kind()));
        object.put("capacity", ring.capacity());
        object.put("checksummed", ring.checksummed());
        object.put("lossy", ring.lossy());
        object.put("backlogBytes", ring.backlogBytes());
        object.put("producers", parties(ring.producers()));
        object.put("consumers", parties(ring.consumers()));
        return object;
    }

    private static List<Map<String, Object>> parties(List<RingReport.Party> parties) {
        return parties.stream().map(Json::party).toList();
    }

    private static Map<String, Object> party(RingReport.Party party) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("state", Text.lowerCase(party.state()));
        object.put("token", token(party.token()));
        if (party.backlogBytes() >= 0) {
            object.put("backlogBytes", party.backlogBytes());
        }
        if (party.missedBytes() > 0) {
            object.put("missedBytes", party.missedBytes());
        }
        return object;
    }

    private static Map<String, Object> lock(LockStat lock) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("kind", Text.lowerCase(lock.kind()));
        object.put("state", lock.state());
        object.put(
                "holders",
                lock.holders().stream()
                        .map(one -> party(one.token(), one.alive(), one.thread(), "count", one.count(), one.since()))
                        .toList());
        object.put(
                "waiters",
                lock.waiters().stream()
                        .map(one -> party(one.token(), one.alive(), one.thread(), "wanted", one.wanted(), one.since()))
                        .toList());
        return object;
    }

    private static Map<String, Object> party(
            long token, boolean alive, long thread, String what, long count, Instant since) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("token", token(token));
        object.put("alive", alive);
        object.put("thread", thread);
        object.put(what, count);
        object.put("since", time(since));
        return object;
    }

    private static String token(long token) {
        return token == 0 ? null : Long.toHexString(token);
    }

    private static List<Map<String, Object>> workers(WorkersReport workers) {
        return workers.figures().places().stream().map(Json::worker).toList();
    }

    private static Map<String, Object> worker(WorkerFigures.Place place) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("state", Text.lowerCase(place.state()));
        object.put("token", token(place.token()));
        object.put("alive", place.alive());
        object.put("since", place.since().toString());
        object.put("delivered", place.delivered());
        object.put("redelivered", place.redelivered());
        object.put("failed", place.failed());
        object.put("deadLettered", place.deadLettered());
        object.put("discarded", place.discarded());
        object.put("fullWaits", place.fullWaits());
        object.put("lagBytes", place.lagBytes());
        object.put("damaged", place.damaged());
        return object;
    }
}
