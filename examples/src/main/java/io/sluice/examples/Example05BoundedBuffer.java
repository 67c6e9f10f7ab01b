package io.sluice.examples;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The textbook: two producing processes and two consuming ones around a {@link BoundedBuffer} of five places. The
 * consumers count and sum what they get; together it is what the producers put in.
 */
public final class Example05BoundedBuffer {

    private static final int ITEMS = 2_000;
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);
    private static final String NO_MORE = "no more";

    private Example05BoundedBuffer() {}

    /** Without arguments starts the four and waits for them. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (BoundedBuffer numbers = BoundedBuffer.openOrCreate("example-05", 5, 16);
                BoundedBuffer results = BoundedBuffer.openOrCreate("example-05.results", 2, 32)) {
            String role = arguments.length == 0 ? "all" : arguments[0];
            switch (role) {
                case "produce" -> produce(numbers, Integer.parseInt(arguments[1]));
                case "consume" -> consume(numbers, results);
                default -> runAll(numbers, results);
            }
        }
    }

    private static void runAll(BoundedBuffer numbers, BoundedBuffer results) throws IOException, InterruptedException {
        List<OtherProcess> producers = new ArrayList<>();
        List<OtherProcess> consumers = new ArrayList<>();
        try {
            for (int each = 0; each < 2; each++) {
                producers.add(
                        OtherProcess.start(Example05BoundedBuffer.class, "produce", Integer.toString(each * ITEMS)));
                consumers.add(OtherProcess.start(Example05BoundedBuffer.class, "consume"));
            }
            for (OtherProcess producer : producers) {
                producer.join();
            }
            put(numbers, NO_MORE);
            put(numbers, NO_MORE);
            long count = 0;
            long sum = 0;
            for (OtherProcess consumer : consumers) {
                consumer.join();
                String[] result = take(results).split(" ", 2);
                count += Long.parseLong(result[0]);
                sum += Long.parseLong(result[1]);
            }
            System.out.println("consumed " + count + " of " + 2 * ITEMS + " numbers, sum " + sum + " of "
                    + 2L * ITEMS * (2L * ITEMS - 1) / 2);
        } finally {
            producers.forEach(OtherProcess::close);
            consumers.forEach(OtherProcess::close);
            numbers.destroy();
            results.destroy();
        }
    }

    private static void produce(BoundedBuffer numbers, int first) throws InterruptedException {
        for (int number = first; number < first + ITEMS; number++) {
            put(numbers, Integer.toString(number));
        }
    }

    private static void consume(BoundedBuffer numbers, BoundedBuffer results) throws InterruptedException {
        long count = 0;
        long sum = 0;
        for (String item = take(numbers); !item.equals(NO_MORE); item = take(numbers)) {
            count++;
            sum += Long.parseLong(item);
        }
        put(results, count + " " + sum);
    }

    private static void put(BoundedBuffer buffer, String item) throws InterruptedException {
        if (!buffer.put(item.getBytes(US_ASCII), TEN_SECONDS)) {
            throw new IllegalStateException("nobody takes");
        }
    }

    private static String take(BoundedBuffer buffer) throws InterruptedException {
        byte[] item = buffer.take(TEN_SECONDS);
        if (item == null) {
            throw new IllegalStateException("nobody puts");
        }
        return new String(item, US_ASCII);
    }
}
