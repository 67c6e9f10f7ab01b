package io.sluice.api.memory;

import io.sluice.api.testing.HeapMemory;
import io.sluice.api.testing.TestLiveness;

class HeapMemoryTest extends RegionMemoryContract {

    @Override
    RegionMemory newMemory() {
        return HeapMemory.allocate("heap", SIZE, new TestLiveness());
    }
}
