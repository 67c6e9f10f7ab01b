package io.sluice.examples;

import io.sluice.api.lock.BarrierParty;
import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Locks;
import io.sluice.api.lock.SharedBarrier;
import io.sluice.api.memory.RegionMemory;
import io.sluice.api.region.Region;
import io.sluice.api.region.RegionAddress;
import io.sluice.api.region.RegionHeaderLayout;
import io.sluice.api.region.RegionOptions;
import io.sluice.api.region.RegionSpec;
import io.sluice.api.region.Regions;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;

/**
 * A simulation on a grid that two processes share: each computes its half of Conway's game of life from one grid into
 * the other, then both wait at a barrier and swap the grids. A glider wanders from one half into the other and back,
 * around the edges of the world.
 */
public final class Example07GridInLockstep {

    private static final int WIDTH = 16;
    private static final int HEIGHT = 16;
    private static final int CELLS = WIDTH * HEIGHT;
    private static final int STEPS = 4 * HEIGHT; // a glider moves by one cell in four steps: once around the world
    private static final long GRIDS = RegionHeaderLayout.BODY;
    private static final RegionSpec WORLD = new RegionSpec("example.world", 2L * CELLS, List.of());
    private static final String[] NAMES = {"example-07", "example-07.barrier"};
    private static final int[][] GLIDER = {{0, 1}, {1, 2}, {2, 0}, {2, 1}, {2, 2}};

    private final RegionMemory memory;
    private final int half;

    private Example07GridInLockstep(RegionMemory memory, int half) {
        this.memory = memory;
        this.half = half;
    }

    /** Without arguments computes the upper half, and starts the process that computes the lower. */
    public static void main(String[] arguments) throws Exception {
        try (Region world = Regions.openOrCreate(RegionAddress.of(NAMES[0]), WORLD, RegionOptions.DEFAULT);
                SharedBarrier barrier = Locks.openOrCreate(LockSpec.barrier(NAMES[1], 2));
                BarrierParty party = barrier.join()) {
            if (arguments.length > 0) {
                new Example07GridInLockstep(world.memory(), 1).run(party);
                return;
            }
            upperHalf(new Example07GridInLockstep(world.memory(), 0), party);
        }
    }

    private static void upperHalf(Example07GridInLockstep grid, BarrierParty party)
            throws IOException, InterruptedException, BrokenBarrierException {
        for (int[] cell : GLIDER) {
            grid.set(0, cell[0], cell[1], 1);
        }
        grid.print("at first");
        try (OtherProcess lower = OtherProcess.start(Example07GridInLockstep.class, "lower")) {
            grid.run(party);
            lower.join();
            grid.print("after " + STEPS + " steps");
        } finally {
            for (String name : NAMES) {
                Regions.destroy(RegionAddress.of(name), RegionOptions.DEFAULT);
            }
        }
    }

    private void run(BarrierParty party) throws InterruptedException, BrokenBarrierException {
        party.await();
        for (int step = 0; step < STEPS; step++) {
            for (int y = half * HEIGHT / 2; y < (half + 1) * HEIGHT / 2; y++) {
                for (int x = 0; x < WIDTH; x++) {
                    set((step + 1) & 1, y, x, next(step & 1, y, x));
                }
            }
            // What both wrote before is visible to both after; nobody reads a grid that somebody still writes.
            party.await();
        }
    }

    private int next(int grid, int y, int x) {
        int neighbours = -get(grid, y, x);
        for (int dy = -1; dy <= 1; dy++) {
            for (int dx = -1; dx <= 1; dx++) {
                neighbours += get(grid, y + dy, x + dx);
            }
        }
        return neighbours == 3 || (neighbours == 2 && get(grid, y, x) == 1) ? 1 : 0;
    }

    private static long cell(int grid, int y, int x) {
        return GRIDS + (long) grid * CELLS + (long) Math.floorMod(y, HEIGHT) * WIDTH + Math.floorMod(x, WIDTH);
    }

    private int get(int grid, int y, int x) {
        return memory.readByte(cell(grid, y, x));
    }

    private void set(int grid, int y, int x, int value) {
        memory.writeByte(cell(grid, y, x), (byte) value);
    }

    private void print(String when) {
        System.out.println(when + ":");
        for (int y = 0; y < HEIGHT; y++) {
            StringBuilder row = new StringBuilder();
            for (int x = 0; x < WIDTH; x++) {
                row.append(get(0, y, x) == 1 ? '#' : '.');
            }
            System.out.println(row);
        }
    }
}
