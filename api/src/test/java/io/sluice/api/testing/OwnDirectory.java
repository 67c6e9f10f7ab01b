package io.sluice.api.testing;

import io.sluice.api.lock.LockSpec;
import io.sluice.api.lock.Synchronizer;
import io.sluice.api.region.RegionAddress;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A fresh {@link TestDirectory} for each test of a class, in front of what the class itself does before and after it.
 */
public final class OwnDirectory implements BeforeEachCallback, AfterEachCallback {

    private TestDirectory directory;

    /** Made by the field that registers it. */
    public OwnDirectory() {}

    /** Returns the directory of the test that runs. */
    public Path path() {
        return directory.path();
    }

    /** The region of that name in it. */
    public RegionAddress address(String name) {
        return RegionAddress.of(path(), name);
    }

    /** The same lock, under its name, but in it. */
    public <T extends Synchronizer> LockSpec<T> here(LockSpec<T> spec) {
        return spec.withAddress(address(spec.address().name()));
    }

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        directory = TestDirectory.create();
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        directory.close();
    }
}
