package io.sluice.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.sluice.api.lock.EventCount;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import java.io.IOException;
import java.util.List;

/**
 * A client writes a request into shared memory, the server turns it into the reply where it stands, and the client
 * reads it there: no copies, one page for both directions. Two event counts say whose turn it is: requests made and
 * replies given. Between a request and its reply the page belongs to the server, otherwise to the client.
 */
public final class Example03RequestReplyInPlace {

    private static final RegionSpec PAGE = new RegionSpec("example.page", 4096, List.of());
    private static final long LENGTH = RegionHeaderLayout.BODY;
    private static final long TEXT = RegionHeaderLayout.BODY + 8;
    private static final int END = -1;

    private Example03RequestReplyInPlace() {}

    /** Without arguments asks, and starts the process that answers. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (Region page = Regions.openOrCreate(RegionAddress.of("example-03"), PAGE, RegionOptions.DEFAULT);
                EventCount requests = Locks.openOrCreate(LockSpec.eventCount("example-03.requests"));
                EventCount replies = Locks.openOrCreate(LockSpec.eventCount("example-03.replies"))) {
            if (arguments.length > 0) {
                serve(page.memory(), requests, replies);
                return;
            }
            try (OtherProcess server = OtherProcess.start(Example03RequestReplyInPlace.class, "serve")) {
                for (String question : new String[] {"shout", "in place", "please"}) {
                    System.out.println(question + " -> " + ask(page.memory(), requests, replies, question));
                }
                page.memory().setInt(LENGTH, END);
                requests.advance();
                server.join();
            } finally {
                for (String name : new String[] {"example-03", "example-03.requests", "example-03.replies"}) {
                    Regions.destroy(RegionAddress.of(name), RegionOptions.DEFAULT);
                }
            }
        }
    }

    private static String ask(RegionMemory page, EventCount requests, EventCount replies, String question)
            throws InterruptedException {
        byte[] bytes = question.getBytes(US_ASCII);
        page.copyIn(TEXT, bytes, 0, bytes.length);
        page.setInt(LENGTH, bytes.length);
        // What was written before advance() is visible to who sees the event.
        long number = requests.advance();
        replies.awaitBeyond(number - 1);
        page.copyOut(TEXT, bytes, 0, bytes.length);
        return new String(bytes, US_ASCII);
    }

    private static void serve(RegionMemory page, EventCount requests, EventCount replies) throws InterruptedException {
        while (true) {
            requests.awaitBeyond(replies.current());
            int length = page.getInt(LENGTH);
            if (length == END) {
                return;
            }
            for (long at = TEXT; at < TEXT + length; at++) {
                page.writeByte(at, (byte) Character.toUpperCase(page.readByte(at)));
            }
            replies.advance();
        }
    }
}
