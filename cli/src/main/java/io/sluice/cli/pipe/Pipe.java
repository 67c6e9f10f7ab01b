package io.sluice.cli.pipe;

import io.sluice.api.region.RegionExistsException;
import io.sluice.api.region.RegionNotFoundException;
import io.sluice.api.ring.Ring;
import io.sluice.api.ring.RingReport;
import io.sluice.api.ring.RingSpec;
import io.sluice.api.ring.Rings;
import io.sluice.cli.exit.CommandFailure;
import io.sluice.cli.exit.ExitCode;
import java.util.Optional;

/**
 * The ring behind a pipe's name, made by whichever side comes first.
 *
 * <p>Whoever leaves last in order takes the ring away, however it ends: done, failed or Ctrl-C. Who is killed takes
 * nothing away, so that what it had committed can still be received.
 *
 * <p>{@link #close()} may be called by any thread; it cuts off whoever is using the ring.
 */
final class Pipe implements AutoCloseable {

    private final Ring ring;

    private Pipe(Ring ring) {
        this.ring = ring;
    }

    static Pipe join(PipeOptions options) {
        Ring ring = openOrCreate(options);
        ring.region().destroyIfLast();
        Pipe pipe = new Pipe(ring);
        try {
            pipe.checkChecksum(options);
            return pipe;
        } catch (RuntimeException e) {
            pipe.close();
            throw e;
        }
    }

    private static Ring openOrCreate(PipeOptions options) {
        RingSpec wanted = RingSpec.spsc(
                        options.address().name(), options.capacity().orElse(PipeOptions.DEFAULT_CAPACITY))
                .withAddress(options.address())
                .withChecksum(options.checksum())
                .withWaitStrategy(options.strategy());
        if (options.capacity().isPresent()) {
            return Rings.openOrCreate(wanted);
        }
        RingSpec any = RingSpec.spsc(options.address().name())
                .withAddress(options.address())
                .withWaitStrategy(options.strategy());
        // Each turn of this loop means that somebody came or went.
        Optional<Ring> ring = Optional.empty();
        while (ring.isEmpty()) {
            ring = tryOpen(any).or(() -> tryCreate(wanted));
        }
        return ring.get();
    }

    private static Optional<Ring> tryOpen(RingSpec spec) {
        try {
            return Optional.of(Rings.open(spec));
        } catch (RegionNotFoundException e) {
            return Optional.empty();
        }
    }

    private static Optional<Ring> tryCreate(RingSpec spec) {
        try {
            return Optional.of(Rings.create(spec));
        } catch (RegionExistsException e) {
            return Optional.empty();
        }
    }

    private void checkChecksum(PipeOptions options) {
        if (options.checksum()) {
            RingReport report = Rings.report(options.address(), false);
            if (!report.checksummed()) {
                throw new CommandFailure(
                        ExitCode.FAILURE,
                        options.address().name() + ": the other side made it without --checksum; use it there too");
            }
        }
    }

    Ring ring() {
        return ring;
    }

    /** Whether somebody removed the name while we use the ring: nobody new can find it. */
    boolean isRemoved() {
        return ring.region().stat().destroyed();
    }

    @Override
    public void close() {
        ring.close();
    }
}
