package io.sluice.locks.scene;

import io.sluice.api.memory.DeathNotice;
import io.sluice.api.memory.MappingMode;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import io.sluice.api.testing.AttachedMemory;
import io.sluice.api.testing.DyingMemory;
import io.sluice.api.testing.ForwardingMemory;
import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.TestDirectory;
import io.sluice.api.testing.TestLiveness;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Memory of a lock under test and the processes that share it, which exist only here. */
public final class Scene implements AutoCloseable {

    /** Where the memory is. */
    public enum Place {
        /** In this JVM only. */
        HEAP,
        /** In a file, mapped in the mode of the system property {@code sluice.test.mode}. */
        FILE
    }

    /** A region has room for some more attachments than that. */
    private static final int MOST_VIEWS = 128;

    /** What a process sees of a file. */
    private record View(Region region, DyingMemory process) {

        boolean isGone() {
            return process.isDead() || region.memory().isDetached();
        }
    }

    private final TestLiveness liveness = new TestLiveness();
    private final TestDirectory directory;
    private final List<Region> created = new ArrayList<>();
    private final List<View> views = new ArrayList<>();
    private final HeapMemory heap;
    private final RegionAddress address;
    private final RegionOptions options;

    /** New memory with {@code bodyBytes} zeros behind the header. */
    public Scene(Place place, long bodyBytes) {
        try {
            directory = TestDirectory.create();
        } catch (IOException e) {
            throw new AssertionError("no directory for the test", e);
        }
        options = options();
        address = RegionAddress.of(directory.path(), "scene");
        if (place == Place.HEAP) {
            heap = HeapMemory.allocate("scene", RegionHeaderLayout.BODY + bodyBytes, liveness);
        } else {
            heap = null;
            created.add(Regions.create(address, new RegionSpec("scene", bodyBytes, List.of()), options));
        }
    }

    /** Options for a region that is mapped in the mode of the system property {@code sluice.test.mode}. */
    public static RegionOptions options() {
        String mode = System.getProperty("sluice.test.mode", "auto").toUpperCase(Locale.ROOT);
        return RegionOptions.DEFAULT.withMapping(MappingMode.valueOf(mode));
    }

    /** A new process, which can be killed. */
    public synchronized DyingMemory process() {
        if (heap != null) {
            return mortal(heap.newProcess());
        }
        if (views.size() >= MOST_VIEWS) {
            forgetTheGone();
        }
        Region region = Regions.open(address, "scene", options);
        DyingMemory process = mortal(new OtherProcess(region.memory(), liveness));
        views.add(new View(region, process));
        return process;
    }

    private DyingMemory mortal(RegionMemory memory) {
        return DyingMemory.over(new AttachedMemory(memory, liveness), liveness);
    }

    private void forgetTheGone() {
        views.removeIf(view -> {
            boolean gone = view.isGone();
            if (gone) {
                view.region().close();
            }
            return gone;
        });
    }

    /** Has everybody believe that the process is dead, which it is not. */
    public void misjudge(RegionMemory process) {
        liveness.misjudge(process.selfToken());
    }

    @Override
    public synchronized void close() throws IOException {
        views.forEach(view -> view.region().close());
        created.forEach(Region::close);
        directory.close();
    }

    /** Mapped memory as another process would see it. */
    private static final class OtherProcess extends ForwardingMemory {

        private final TestLiveness liveness;
        private final long token;

        OtherProcess(RegionMemory target, TestLiveness liveness) {
            super(target);
            this.liveness = liveness;
            this.token = liveness.start();
        }

        @Override
        public long selfToken() {
            return token;
        }

        @Override
        public boolean isAlive(long other) {
            return liveness.isAlive(other);
        }

        @Override
        public DeathNotice onDeath(long other, Runnable hint) {
            return liveness.onDeath(other, hint);
        }
    }
}
