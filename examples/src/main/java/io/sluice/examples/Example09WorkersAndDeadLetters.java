package io.sluice.examples;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.Regions;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingConsumer;
import io.sluice.api.ring.RingProducer;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.ringbuffer.codec.Codecs;
import io.sluice.ringbuffer.worker.ErrorPolicy;
import io.sluice.ringbuffer.worker.Worker;
import io.sluice.ringbuffer.worker.WorkerFigures;
import io.sluice.ringbuffer.worker.WorkerHandler;
import io.sluice.ringbuffer.worker.WorkerSpec;
import java.io.IOException;
import java.time.Duration;

/**
 * Orders are handled by a worker in another process. One of them makes no sense: it is tried three times, then
 * put into a ring of dead letters, and the rest go on. The figures of the worker can be read from outside,
 * also by {@code ./sluice stat example-09}.
 */
public final class Example09WorkersAndDeadLetters {

    private static final RingSpec ORDERS = RingSpec.spsc("example-09", 1 << 16);
    private static final RingSpec DEAD_LETTERS = RingSpec.spsc("example-09.dead", 1 << 16);
    private static final Duration TEN_SECONDS = Duration.ofSeconds(10);

    private Example09WorkersAndDeadLetters() {}

    /** Without arguments sends orders, and starts the process that handles them. */
    public static void main(String[] arguments) throws Exception {
        if (arguments.length > 0) {
            work();
            return;
        }
        try (OtherProcess worker = OtherProcess.start(Example09WorkersAndDeadLetters.class, "work");
                Ring orders = Rings.openOrCreate(ORDERS)) {
            try (RingProducer producer = orders.producer()) {
                for (String order : new String[] {"3 apples", "some pears", "5 plums"}) {
                    producer.put(order.getBytes(UTF_8));
                }
            }
            worker.join();
            printDeadLetters();
            printFigures();
            orders.region().destroy();
        }
    }

    private static void work() throws Exception {
        WorkerSpec spec = WorkerSpec.of(
                        ORDERS, WorkerHandler.of(Codecs.strings(), Example09WorkersAndDeadLetters::ship))
                .withErrors(ErrorPolicy.deadLetter(DEAD_LETTERS).withDeliveries(3, Duration.ofMillis(10)))
                .untilClosed();
        try (Worker worker = Worker.start(spec)) {
            worker.await(TEN_SECONDS);
        }
    }

    private static void ship(String order) {
        int count = Integer.parseInt(order.substring(0, order.indexOf(' ')));
        System.out.println("shipped " + count + order.substring(order.indexOf(' ')));
    }

    private static void printDeadLetters() throws IOException, InterruptedException {
        try (Ring deadLetters = Rings.open(DEAD_LETTERS);
                RingConsumer consumer = deadLetters.consumer()) {
            consumer.take(
                    message -> System.out.println("dead letter: " + message.getUtf8(0, message.length())),
                    10,
                    TEN_SECONDS);
            deadLetters.region().destroy();
        }
    }

    private static void printFigures() {
        for (WorkerFigures.Place place : WorkerFigures.read(WorkerSpec.figuresOf(ORDERS.address()), false)
                .places()) {
            System.out.println("delivered " + place.delivered() + ", failed " + place.failed() + ", dead letters "
                    + place.deadLettered());
        }
        Regions.destroy(WorkerSpec.figuresOf(ORDERS.address()), RegionOptions.DEFAULT);
    }
}
