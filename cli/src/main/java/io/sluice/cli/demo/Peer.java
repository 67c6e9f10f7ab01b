package io.sluice.cli.demo;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/** The receiving process of the demonstration: answers, then takes streams and says what it got. */
public final class Peer {

    private Peer() {}

    /** Plays its part of {@code plan} and ends; also ends when the process that started it is gone. */
    public static void run(Plan plan, Path directory) throws IOException, InterruptedException {
        exitWithParent();
        try (Link link = plan.transport().openReceiver(directory)) {
            byte[] message = new byte[plan.size()];
            for (int turn = 0; turn < plan.roundTrips(); turn++) {
                link.receiveFully(message, plan.size());
                link.send(message, 0, plan.size());
            }
            take(link, plan, plan.warmUpMessages());
            take(link, plan, plan.messages());
            // The sender hangs up first, so that the answer is read before the link ends.
            awaitEnd(link, message);
        }
    }

    private static void take(Link link, Plan plan, long messages) throws IOException, InterruptedException {
        byte[] block = new byte[Workload.messagesPerBlock(plan.size()) * plan.size()];
        CRC32C crc = new CRC32C();
        long left = messages * plan.size();
        while (left > 0) {
            int count = link.receive(block, (int) Math.min(block.length, left));
            crc.update(block, 0, count);
            left -= count;
        }
        byte[] answer = new byte[plan.size()];
        ByteBuffer.wrap(answer).putInt((int) crc.getValue());
        link.send(answer, 0, answer.length);
    }

    private static void awaitEnd(Link link, byte[] message) throws InterruptedException {
        try {
            link.receive(message, message.length);
        } catch (IOException theEnd) {
            return;
        }
        throw new IllegalStateException("a message after the last");
    }

    /** The starter holds our standard input open as long as it lives. */
    private static void exitWithParent() {
        Thread watch = new Thread(
                () -> {
                    try {
                        System.in.transferTo(OutputStream.nullOutputStream());
                    } catch (IOException e) {
                        System.err.println("sluice demo: " + e.getMessage());
                    }
                    Runtime.getRuntime().halt(1);
                },
                "sluice-parent-watch");
        watch.setDaemon(true);
        watch.start();
    }
}
